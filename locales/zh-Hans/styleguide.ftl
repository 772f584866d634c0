# Sample words of the page /styleguide
# The page itself
sg-title = 样式手册
sg-lead = 这一页摆着所有部件，每个部件的每种样子都在。人物、数字都是编的。
sg-s-colours = 颜色和字
sg-s-buttons = 按钮
sg-s-way = 在哪里、往哪走
sg-s-matter = 一件事的来龙去脉
sg-s-due = 到期和责任
sg-s-forms = 填表
sg-s-wrong = 填错了怎么说
sg-s-confirm = 再问一句
sg-s-said = 告诉一声
sg-s-postings = 公示
sg-s-papers = 回执、打印、转发
sg-s-verdicts = 裁定和凭证
sg-s-numbers = 数字和图
sg-s-tables = 名单和表格
sg-s-people = 人和单位
sg-s-states = 没有、一个、没办成
sg-s-problems = 出错的页面

# Colours and type
sg-colour-ink = 墨：要读的字
sg-colour-soft = 淡墨：补充的话
sg-colour-needs-you = 朱红：要您来做
sg-colour-done = 青瓷：办好了
sg-colour-due = 赭黄：快到期
sg-type-h2 = 二级标题用宋体
sg-type-h3 = 三级标题，说一件事
sg-type-body = 正文用黑体，行距宽松，像街坊说话一样短。看不懂的词，就换一个说法。
sg-type-small = 小字只放补充的话，长辈版里也不小于 18 像素。

# Buttons
sg-btn-first = 我要报名
sg-btn-plain = 看看详情
sg-btn-quiet = 以后再说
sg-btn-danger = 撤销公示
sg-btn-waiting = 正在提交
sg-btn-long = 把选中的十二件诉求一起转给安外社区居委会并通知反映人

# Places and people
sg-street = 安贞街道
sg-community = 安外社区
sg-community2 = 安华里社区
sg-community3 = 外馆社区
sg-building = 14号楼
sg-committee = 安外社区居委会
sg-property = 和顺物业
sg-person1 = 刘阿姨
sg-person2 = 张师傅
sg-person3 = 欧阳若兰
sg-person-long = 阿卜杜热合曼·买买提依明·艾合麦提江
sg-role-rep = 居民代表
sg-role-worker = 社工
sg-role-lift = 电梯维修
sg-long-name = 把安外社区四区十四号楼东侧闲置多年的自行车棚改造成全天开放的邻里议事小屋和儿童图书角并加装坡道扶手与夜间照明灯

# A matter
sg-matter = 14号楼的电动车往哪里停、到哪里充
sg-due-today = 今天到期
sg-now-title = 现在该谁做什么
sg-now-text = 监督人刘阿姨今天要到充电车棚看一次现场，写下三句话，拍一张照片。
sg-now-act = 去看过了，我来写
sg-e1 = 第二次现场监督
sg-e1-text = 上次提出的“夜间照明不够”，物业答应 9月15日前装灯，请看是否装好。
sg-e2 = 充电车棚启用，30 个车位
sg-e2-text = 消防、城管、供电三家到场；费用 4.8 万元，票据 6 张可查。
sg-e3 = 第三次议事：建棚，先试三个月
sg-e3-text = 到会 26 人，赞成 22，反对 3，弃权 1：通过。
sg-e4 = 评议
sg-photo1 = 充电车棚，三排车位
sg-photo2 = 夜里亮着的灯
sg-photo3 = 楼道里不再停车
sg-thread-none = 还没有记录
sg-thread-none-hint = 有人写下第一句话，这里就开始了。

# What is due
sg-d1 = 外馆社区：七月议事会还没有开
sg-d1-basis = 每月至少一次
sg-d2 = 路灯不亮：联系反映人
sg-d2-basis = 24 小时内联系
sg-d3 = 加装电梯征询结果：张贴公示
sg-d4 = 银龄国画班：交中期材料
sg-board = 议事一年十二次，各社区到了哪里
sg-board-place = 社区
sg-board-sum = 次数
sg-board-missing = 缺
sg-board-today = 今
sg-cell-done = { $month } 月：开了 { $n } 次
sg-cell-late = { $month } 月：没有开
sg-cell-soon = { $month } 月：今天开

# Forms
sg-f-title = 一句话说清楚
sg-f-title-hint = 比如：四区14号楼东侧的路灯不亮
sg-f-body = 多说几句
sg-f-body-value = 老人买菜回来没地方歇脚。
sg-f-money = 要花多少钱
sg-f-money-unit = 元
sg-f-people = 大约多少人受益
sg-f-day = 希望哪天办好
sg-f-time = 几点方便
sg-f-phone = 手机号
sg-f-phone-hint = 只用来回复您，不公开。
sg-f-place = 在哪个社区
sg-f-who = 您是
sg-f-who-owner = 业主
sg-f-who-owner-more = 房子是您或家人的
sg-f-who-tenant = 租户
sg-f-who-tenant-more = 租住在这里
sg-f-topics = 和哪些方面有关
sg-f-topic-1 = 路灯和楼道照明
sg-f-topic-2 = 停车
sg-f-topic-3 = 垃圾分类
sg-f-photos = 照片
sg-f-photos-hint = 拍不了也没关系，社工会去看。
sg-f-contact = 怎么联系您
sg-f-contact-hint = 留一种就行。
sg-f-reason = 为什么

# Asking once more
sg-c-title = 撤销这次公示吗？
sg-c-fact1 = 公示会标上“已撤销”，原文仍然看得到。
sg-c-fact2 = 23 位关注的人会收到通知。
sg-c-fact3 = 撤销以后不能恢复，要公示只能重新发。

# Messages
sg-m-ok = 收到了，编号 0037。三天内会有人回复您。
sg-m-due = 明天 17:00 报名截止。
sg-m-needs = 您有一份材料要补。
sg-m-plain = 这个页面每天早上更新。
sg-m-title = 报名快截止了
sg-none = 还没有人提点子
sg-none-hint = 您可以做第一个。
sg-none-act = 我来提一个
sg-wait = 正在清点选票
sg-wait-hint = 大约要一分钟，可以先去忙别的。
sg-progress = 已核对的回执

# Notices
sg-p-title = 关于14号楼加装电梯方案的公示
sg-p-text = 方案、费用分摊和一层住户的意见都在里面。

# Papers
sg-r-title = 收件回执
sg-r-when = 收到时间
sg-r-what = 内容
sg-r-answer = 最晚答复
sg-r-note = 请留好这张回执，凭编号就能查，不用手机也行。
sg-share-text = 【安外社区】14号楼充电车棚下周一启用，30 个车位，先到先停。
sg-file1 = 第三次议事会记录
sg-file2 = 费用明细和票据
sg-file3 = 到会签名单
sg-file3-note = 有个人信息，只有到会的人能看
sg-paper-title = 第三次议事会决议
sg-paper-text = 经到会代表过半数同意，在14号楼东侧建充电车棚，先试用三个月，再由居民评议。

# Verdicts
sg-v-yes = 通过
sg-v-no = 没有通过
sg-v-wait = 还不能算
sg-v-yes-text = 赞成 22 票，超过到会 26 人的一半。
sg-v-no-text = 赞成 12 票，不到到会 26 人的一半。
sg-v-wait-text = 到会 18 人，应到 31 人，还差 3 人才够三分之二。
sg-v-rule = 议事规则第 5 条（2021 年 1 月起）
sg-v-should = 应到
sg-v-came = 到会
sg-v-for = 赞成

# Numbers
sg-n-said = 反映过的人
sg-n-came = 参加
sg-n-solved = 解决
sg-n-days = 用时
sg-n-note = 按办结日算
sg-chart = 各社区本月诉求
sg-chart-value = 件数
sg-trend = 每月诉求（件）
sg-month = 月份
sg-month-n = { $n } 月

# Tables
sg-t-caption = 待办诉求
sg-t-matter = 诉求
sg-t-place = 社区
sg-t-who = 经办
sg-t-due = 期限
sg-t-cost = 费用
sg-t-found = 找到 214 件，这里是第 1 到 3 件
sg-t-assign = 转给……
sg-t-export = 导出表格
sg-t-search = 找什么
sg-tab-all = 全部
sg-tab-mine = 我经办的
sg-tab-late = 逾期的
sg-states-none = 一个也没有
sg-states-one = 只有一个
sg-states-refused = 没办成，和各种灯
sg-states-written = 人写的话和折起来的
