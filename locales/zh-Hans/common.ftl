# The frame of every page
app-name = 邻里
app-mark = 邻
app-tagline = 自己的事，一起商量着办
nav-label = 主导航
nav-home = 首页
nav-seasons = 项目季
nav-ideas = 点子
nav-ledger = 台账
skip-to-content = 跳到正文
lang-label = 语言
demo-ribbon = 演示数据：人物与票数均为虚构
footer-label = 页脚
footer-promise = 每件事都有人负责、有时限、有依据、有凭证、有回音。
footer-check = 怎样自己核对
footer-source = 源代码与许可
footer-top = 回到页首
footer-licence = 自由软件，AGPL-3.0 许可

# Buttons and links
btn-save = 保存
btn-send = 提交
btn-cancel = 取消
btn-back = 返回
btn-edit = 修改
btn-delete = 删除
btn-confirm = 确认
btn-search = 查找
btn-filter = 筛选
btn-more = 查看更多
btn-all = 查看全部
btn-details = 查看详情
btn-download = 下载
btn-print = 打印
btn-home = 回首页

# Small words
word-yes = 是
word-no = 否
word-none = 暂无
word-unknown = 不详
word-all = 全部
word-total = 合计
word-date = 日期
word-name = 名称
word-status = 状态
word-details = 说明
empty-title = 这里还没有内容

# States; colour never stands alone
state-done = 已完成
state-now = 进行中
state-next = 还没到
state-due = 快到期
state-late = 已逾期
state-open = 开放中
state-closed = 已结束
notice-ok = 好了
notice-due = 请留意
notice-needs-you = 需要您来做

# Counts
count-people = { $n } 人
count-votes = { $n } 票
count-projects = { $n } 个项目
count-ideas = { $n } 个点子
count-matters = { $n } 件
count-records = { $n } 条记录
count-days = { $n } 天

# Time
when-today = 今天
when-tomorrow = 明天
when-yesterday = 昨天
when-days-left = 还剩 { $n } 天
when-days-late = 逾期 { $n } 天
when-until = 到 { $date } 为止

# The five seals: 集 议 办 督 评
seals-label = 五个环节
seal-collect-mark = 集
seal-collect = 收集
seal-deliberate-mark = 议
seal-deliberate = 商议
seal-do-mark = 办
seal-do = 办理
seal-supervise-mark = 督
seal-supervise = 监督
seal-appraise-mark = 评
seal-appraise = 评议

# Lists, tables, forms
pager-label = 翻页
pager-previous = 上一页
pager-next = 下一页
breadcrumb-label = 您在这里
table-scroll = 表格较宽，可以左右滑动
thread-title = 来龙去脉
form-errors = 有 { $n } 处需要改一改
form-optional = 选填
form-choose = 请选择

# Proof and money
proof-title = 凭证
proof-hash = 指纹（SHA-256）
proof-full = 看完整指纹，可以复制
proof-explain = 指纹由内容算出：改动一个字，指纹就完全不同。
budget-title = 钱用到了哪里
budget-line = 预算 { $budget }，已用 { $spent }，还剩 { $left }。
budget-over = 预算 { $budget }，已用 { $spent }，超出 { $over }。

# Ends of lists
list-end = 后面没有了
list-first = 回到第一页

# Licence and source of the running program
source-title = 源代码和许可
source-lead = 这个程序是自由软件：谁都可以用、可以看、可以改、可以传。
source-program = 程序
source-version = 正在运行的版本
source-licence = 许可
source-where = 正在运行的这个版本的全部源代码，包括运行单位自己改过的部分，请向运行本站的单位索取，对方必须免费提供。
source-right = 您有这项权利，依据的是 GNU Affero 通用公共许可证第 3 版或更新版本的第 13 条。

# Counts of people and of attendances
count-people-more = { $n } 余人
count-attendances = { $n } 人次
count-attendances-more = { $n } 余人次

# Letters and light
view-label = 语言和显示
view-open = 大字 文A
view-to-plain = 标准版
view-letters = 字号
view-plain = 标准
view-elder = 长辈版
view-theme = 颜色
theme-auto = 跟随手机
theme-light = 浅色
theme-dark = 深色

# What is due
light-fine = 不着急
due-basis = 依据：{ $basis }
due-provisional = 暂定
due-provisional-why = 这一年的节假日安排还没有公布，日期可能会变。

# Files and photos
photos = 照片
photos-hint = 拍清楚在什么位置。请尽量不要拍到别人的脸和车牌。
photos-kept = 已经收到 { $n } 张照片，不用再选。
photos-lost = 前面传的照片有的用不上了，请重新选，再发一次。
photo-alt = 照片 { $n }
upload-limit = 可以传 { $kinds }，最多 { $n } 个，每个不超过 { $size }。
upload-too-large = 这个文件太大，请换小一点的
file-withheld = 不公开

# Work with many rows
pick-column = 选中
pick-row = 选中：{ $name }
pick-do = 选中的这些：
sort-up = 从小到大
sort-down = 从大到小
filter-on = 正在使用的条件
filter-more = 更多条件
filter-off = 去掉这个条件
filter-clear = 全部去掉
chart-table = 看数字

# Public notices
posting-word = 公示
posting-dates = { $from }至{ $until }
posting-before = 还没开始
posting-over = 公示期已满
posting-objections = 收到异议 { $n } 条
posting-object = 我有不同意见

# Receipts
receipt-number = 编号
receipt-qr = 查进展用的二维码
receipt-find = 扫码，或在手机上打开这个网址，就能查到进展：

# Taking along
share-title = 转到群里
share-hint = 长按下面的文字，全选后复制，粘到微信群里就行。
share-copy = 复制文字和链接
share-done = 复制好了，去群里粘贴吧
share-picture = 长按图片可以保存，再发到群里。
share-qr = 二维码：扫一扫，打开这一页

# Verdicts
verdict-word = 裁定
verdict-rule = 按这条规则：
verdict-digest = 输入数据的指纹
verdict-compute = 我自己算一遍

# Asking, waiting, attending
confirm-facts = 确认后会这样：
confirm-back = 先不办，返回
progress-of = { $part }／{ $whole }
waiting-again = 再看一下
presence-open = 未签到
presence-present = 已到
presence-absent = 缺席
presence-excused = 请假
presence-proxy = 委托他人
place-path-label = 所在地
count-more = { $n } 余
