# The first page
home-title = 大家的点子，大家来定
home-lead = 谁都可以提点子。投票决定钱花在哪里，结果说明为什么，每一步都能查。
home-now = 正在进行
home-results = 最近公布的结果
home-ideas = 新来的点子
home-nothing = 现在没有正在进行的项目季。您的点子随时可以先记下来。

# Seasons
seasons-title = 项目季
seasons-lead = 每一季从征集点子开始，到投票、公布、办理、评议结束。
seasons-none = 还没有项目季
seasons-none-hint = 第一季开始时，会在这里贴出来。
season-state-draft = 筹备中
season-state-collecting = 征集中
season-state-voting = 投票中
season-state-closed = 已截止
season-state-published = 已公布
season-collecting-until = { $date } 前都可以提点子。
season-voting-until = { $date } 前都可以投票。
season-closed-note = 投票已经截止，正在核对。
season-published-on = { $date } 公布
season-budget = 总预算
season-projects = 项目
season-ideas = 点子
season-voters = 投票人
season-see-result = 看结果和理由
season-see-projects = 看看有哪些项目
season-vote-now = 去投票
season-open-data = 下载投票数据（Pabulib 格式）

# Projects
project-title = 项目
project-number = 项目编号
project-cost = 费用
project-supporters = 支持者
project-votes = 得票
project-place = 地点
project-category = 类别
project-result = 结果
project-chosen = 入选
project-not-chosen = 未入选
project-waiting = 等待投票
project-no-description = 提出人没有写介绍。
projects-none = 这一季还没有项目
projects-none-hint = 点子经过讨论完善以后，会成为项目列在这里。

# Ideas
ideas-title = 点子
ideas-lead = 小事也是大家的事。一句话说清楚就行，不用写成文章。
ideas-none = 还没有人提点子
ideas-none-hint = 您来提第一个吧。
idea-new = 提一个点子
idea-by = 提出人：{ $name }
idea-by-resident = 一位居民
idea-number = 编号 { $number }
idea-state-received = 已收到
idea-state-answered = 已回复
idea-state-adopted = 已立项
idea-state-declined = 没有采纳
idea-form-title = 提一个点子
idea-form-lead = 想让楼里、院里、街上变得更好？写下来，我们会看，也会答复。
idea-field-title = 标题
idea-field-title-hint = 一句话说清楚想做什么，例如：在 14 号楼前装一排长椅。
idea-field-body = 想法
idea-field-body-hint = 为什么要做，对谁有好处，大概怎么做。写几句就行。
idea-field-name = 怎么称呼您
idea-field-name-hint = 会公开显示。可以写“14 号楼刘阿姨”，也可以不填。
idea-field-place = 在哪里
idea-field-place-hint = 选离得最近的社区。
idea-send = 交上去
idea-privacy = 请不要写电话、门牌号或别人的姓名。标题和想法会公开。
idea-thanks = 收到了，谢谢您
idea-thanks-number = 点子的编号是 { $number }，请记下来，凭它可以随时查看。
idea-closed = 这一季不再收点子了。下一季开始时欢迎再来。

# The first page: what one can do now
home-do-title = 现在您可以做的
home-do-idea = “{ $season }”正在征集点子，谁都可以提，一句话就行。
home-do-vote = “{ $season }”正在投票。先看看有哪些项目，再想好选哪几个。
home-do-result = “{ $season }”公布了结果：哪些入选，哪些没有，各是为什么。
home-do-wait = “{ $season }”投票已经截止，正在核对。结果出来后会贴在这里。
home-about-title = 邻里是什么
home-about-rule = 钱怎么分，按事先公布的规则来算，不由谁说了算。
home-about-why = 没有入选的项目，也写明差在哪里、差多少。
home-about-check = 每一步都记在台账里，任何人在家里都能重算一遍。
home-check-title = 怎么核对这里的数字
home-check = 每个数字点开都是记录。台账只能往后加，改动任何一条都看得出来。

# A season’s own page
season-title = 项目季
seasons-all = 全部项目季
season-look = 看看这一季
season-opened-on = { $date } 开始
season-collecting-note = 这一季正在征集点子，谁都可以提。
season-voting-note = 正在投票。凭社区发给您本人的投票码投票，每人一次；怎么投，请看社区的通知。
season-published-note = 结果已经公布：哪些入选，哪些没有，各是为什么。
season-ballots = 选票
season-roll = 名册人数
season-max-choices = 每人最多可选 { $n } 个项目。
season-check-title = 自己核对
season-ledger = 这一季在台账里的记录
season-api = 开放数据（JSON）
season-source-title = 数据来源
season-source = 这一季的项目和选票来自一份公开的数据文件，下面是文件自己的说明。
project-about = 项目介绍
ideas-all = 全部点子
ideas-of = “{ $season }”的点子
idea-kept = 您写的内容没有提交，可以先复制保存
idea-sign-in = 登录后写点子
idea-before = 写之前，先用手机号登录一次（收一个验证码）。公开时可以不留名字。
idea-without-phone = 没有手机也可以：到社区服务台，由社工代您登记，当场给您回执。
home-report = 看到哪里坏了、脏了、不安全，说一声就行；办好了会请您来评。
