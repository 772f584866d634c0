# A result and its reasons
result-title = 投票结果：为什么是这些
result-summary = { $projects } 个项目参加，{ $winners } 个入选；总预算 { $budget }，用了 { $spent }。
result-winners = 入选的项目
result-losers = 没有入选的项目
result-chosen = 入选
result-not-chosen = 没有入选
result-step = 第 { $n } 个入选。
result-step-left = 第 { $n } 个入选；选定它以后，预算还剩 { $left }。
result-supporters = { $n } 人支持
result-votes-cost = { $votes } 票 · { $cost }
result-pending = 结果还没有公布。投票截止、核对完毕后会贴在这里。
result-why = 为什么会是这个结果
step-price = 支持它的人一起出这笔钱，每人最多出 { $price }。

# Why a project was not chosen
lost-no-supporters = 没有人支持。
lost-over-budget = 单个项目就超过了总预算：项目要 { $cost }，总预算是 { $budget }。
lost-costs-nothing = 它不花钱。这条规则按花费来分配，所以不选它；不用预算也可以办。
lost-does-not-fit = 轮到它时只剩 { $left }，项目要 { $cost }，还差 { $missing }。
lost-turn-not-reached = 还没轮到它，计票就结束了：当时还剩 { $left }，排在前面的项目放不进去。它要 { $cost }。
lost-supporters-short = 支持者合起来还有 { $had }，项目要 { $cost }，差 { $missing }。
lost-given = 支持者起初合起来分到 { $given }。
lost-spent = 有 { $amount } 用在“{ $project }”。
lost-spent-others = 另有 { $amount } 用在其他 { $n } 个项目上。
whatif-both = 再多 { $n } 位支持者，或费用降到 { $cost } 以内，就会入选。
whatif-supporters = 再多 { $n } 位支持者，就会入选。
whatif-cost = 费用降到 { $cost } 以内，就会入选。

# Turnout
turnout-title = 有多少人投票
turnout-line = 名册上 { $roll } 人，{ $voters } 人投了票，投票率 { $percent }。
turnout-ballots = 共收到 { $n } 张选票。
turnout-label = 投票率

# Rules, in plain words: the rule's code after "rule-"
rule-title = 按哪条规则算的
rule-greedy-cost = 按得票从高到低
rule-greedy-cost-plain = 得票多的先选。钱够就入选，不够就跳过，接着看下一个，直到看完。
rule-mes-cost = 等额分配法
rule-mes-cost-plain = 总预算平均分给每位投票人，各人的份额只能用在自己支持的项目上。一个项目的支持者合起来出得起，它就入选；每人分担得越少越优先。
rule-mes-add1u-cost-cost = 等额分配法，逐步加额，余款按得票补足
rule-mes-add1u-cost-cost-plain = 先按等额分配法算一遍。如果钱没有用完，就把每人的份额一点一点加上去重算，只要入选项目不超过总预算就继续。最后剩下的钱，按得票从高到低补选买得起的项目。
phase-greedy = 按得票从高到低选上
phase-equal-shares = 由支持者的份额选上
phase-completion = 用余款补选上
phase-phragmen = 因为给支持者的负担最轻而选上
verdict-title = 凭什么算数
verdict-explain = 规则、选票和结果都在台账里，任何人都可以重算。
verdict-recount = 自己重算一遍
verdict-inputs = 选票的指纹
secret-note = 这里只公布有多少人支持，不公布是谁。

# The ballot
vote-title = 投票
vote-hint = 可以选几个项目，最多 { $limit } 个。
vote-send = 投票
vote-thanks = 票已收到，谢谢您
vote-receipt = 请留好回执：凭它可以在公布的选票里找到您的一票。
vote-not-open = 现在不是投票时间。

# How the count ended: the outcome's code after "stop-"
stop-title = 为什么到这里结束
stop-exhaustive = 剩下的钱不够买任何一个还有人支持的项目。
stop-infeasible = 份额再加一点，入选项目就会超过总预算，所以停在这里。
stop-once = 按规则只算一遍，算到没有支持者出得起的项目为止。
stop-end-of-list = 所有项目都看过了。
stop-would-exceed = 下一个项目，或者和它并列的项目，超过了剩下的钱；按这条规则，到此为止。
stop-no-ballots = 没有收到选票。
share-each = 每位投票人最后分到的份额是 { $amount }。
share-runs = 份额一共试算了 { $n } 次。

# The page of a result
result-not-yet = 结果还没有公布
result-bar-note = 横条越长，支持它的选票在全部选票里占得越多；斜纹是没有入选的。
phase-line = 怎么选上的：{ $phase }。
project-share = 占全部选票
project-why-won = 为什么入选
project-why-lost = 为什么没有入选
lost-shares-short = 支持者手里的份额加起来不够。
lost-spent-rest = 另有 { $amount } 用在其他入选项目上。
lost-label-needed = 项目需要
lost-label-given = 支持者起初分到
lost-label-had = 不够的那一刻还有
lost-label-missing = 还差
lost-from-the-start = 支持者的份额加起来，从一开始就不够。
lost-second-chance = 后来用余款补选，轮到它时只剩 { $left }，也放不下。
lost-shares-title = 支持者的份额
whatif-title = 怎样就会入选
whatif-note = 只改动这一处，其他都不变，重新计票得到的。
verdict-rule-set = 规则版本：{ $name }
verdict-entry = 台账里公布结果的那一条
verdict-step-export = 运行本站的单位用下面这条命令导出数据包；里面没有个人信息，谁都可以要一份。
verdict-step-key = 从这里抄下台账的公钥，存成 key.txt。
verdict-step-verify = 在自己的电脑上运行下面这条命令，它会从选票开始重算一遍。不用联网。
secrecy-title = 投票怎么保密
secrecy-public = 公布的是有多少人支持，不是谁支持。选票只有随机编号，不记时间，也不记是谁的；名册只记谁投过票，不记投了什么。
secrecy-operator = 也要说清楚：投票期间，能直接看数据库的人看得到谁已经投票、收到了哪些选票，懂行的人下功夫还能把两边对上。截止以后，系统把名册和选票各自重新排放，数据库里就不再留着这层关系；投票期间另存的备份除外。
own-projects-title = 您提的项目
own-projects-note = 评审和投票怎么定的、差在哪里，每个项目的页面上都写着。
project-own = 这是您提的项目。结果定下来以后，怎么定的、为什么，都写在这一页。
project-review-title = 评审结果
project-review = 评审第 { $rank } 名，{ $points } 分。
project-review-sheets = 看每张评分表，分数是怎么来的
project-way-proposal = 看这个项目的提案
project-way-money = 看这个项目的钱怎么花

# 网页之外：linli tally --explain
tally-rule = 规则：{ $rule }
tally-points = 一共得到 { $points } 分。
tally-money = 它的支持者合起来有的钱，开头以及每选上一个之后：{ $list }。
tally-price-point = 费用由支持者分担；每给它一分，最多出 { $price }。
tally-load = 这之后，它的每位支持者负担 { $load }。
tally-whatif-none = 重新算过：试过的更多支持者和更低的费用，都不够让它入选。
verdict-recount-here = 这个结果登记成了一条裁定：在那一页点一下就能让服务器重算，也能下载全部选票自己算。
verdict-recount-go = 去重算这个结果
lost-spent-lead = 支持者起初合起来分到 { $given }，其中 { $spent } 已经用在先入选的项目上：
lost-turn-last = 没有人支持它，所以排在最后；还没轮到它，计票就结束了：当时还剩 { $left }，排在前面的一个项目放不进去，按这条规则到此为止。
whatif-both-exactly = 再多 { $n } 位支持者，或费用恰好是 { $cost }，就会入选。别的费用没有一一试过。
whatif-cost-exactly = 费用恰好是 { $cost }，就会入选。别的费用没有一一试过。
whatif-fewer = 更少的人数没有一一试过，也许不用这么多。
whatif-effort = 试算的次数用完了，没有再往下试。
phase-greedy-card = 按每单位费用的得票从高到低选上
phase-greedy-cost-sqrt = 按得票除以费用的平方根从高到低选上
phase-greedy-addcard = 按每单位费用的得分从高到低选上
phase-greedy-borda = 按每单位费用的名次得分从高到低选上
tally-order-cost = 按得票从高到低看；剩下的钱放得下就入选，放不下就跳过。
tally-order-card = 按得票除以费用从高到低看；剩下的钱放得下就入选，放不下就跳过。
tally-order-cost-sqrt = 按得票除以费用的平方根从高到低看；剩下的钱放得下就入选，放不下就跳过。
tally-order-addcard = 按得分除以费用从高到低看；剩下的钱放得下就入选，放不下就跳过。
tally-order-borda = 按名次得分除以费用从高到低看（一张选票上排在它后面的每个项目给它一分）；剩下的钱放得下就入选，放不下就跳过。
tally-fill-cost = 等额分配之后剩下的钱，按得票从高到低补选放得下的项目。
tally-fill-card = 等额分配之后剩下的钱，按得票除以费用从高到低补选放得下的项目。
tally-fill-cost-sqrt = 等额分配之后剩下的钱，按得票除以费用的平方根从高到低补选放得下的项目。
tally-fill-addcard = 等额分配之后剩下的钱，按得分除以费用从高到低补选放得下的项目。
tally-fill-borda = 等额分配之后剩下的钱，按名次得分除以费用从高到低补选放得下的项目（一张选票上排在它后面的每个项目给它一分）。
