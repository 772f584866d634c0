# A result and its reasons
result-title = 投票結果：為什麼是這些
result-summary = { $projects } 個項目參加，{ $winners } 個入選；總預算 { $budget }，用了 { $spent }。
result-winners = 入選的項目
result-losers = 沒有入選的項目
result-chosen = 入選
result-not-chosen = 沒有入選
result-step = 第 { $n } 個入選。
result-step-left = 第 { $n } 個入選；選定它以後，預算還剩 { $left }。
result-supporters = { $n } 人支持
result-votes-cost = { $votes } 票 · { $cost }
result-pending = 結果還沒有公布。投票截止、核對完畢後會貼在這裡。
result-why = 為什麼會是這個結果
step-price = 支持它的人一起出這筆錢，每人最多出 { $price }。

# Why a project was not chosen
lost-no-supporters = 沒有人支持。
lost-over-budget = 單個項目就超過了總預算：項目要 { $cost }，總預算是 { $budget }。
lost-costs-nothing = 它不花錢。這條規則按花費來分配，所以不選它；不用預算也可以辦。
lost-does-not-fit = 輪到它時只剩 { $left }，項目要 { $cost }，還差 { $missing }。
lost-turn-not-reached = 還沒輪到它，計票就結束了：當時還剩 { $left }，排在前面的項目放不進去。它要 { $cost }。
lost-supporters-short = 支持者合起來還有 { $had }，項目要 { $cost }，差 { $missing }。
lost-given = 支持者起初合起來分到 { $given }。
lost-spent = 有 { $amount } 用在「{ $project }」。
lost-spent-others = 另有 { $amount } 用在其他 { $n } 個項目上。
whatif-both = 再多 { $n } 位支持者，或費用降到 { $cost } 以內，就會入選。
whatif-supporters = 再多 { $n } 位支持者，就會入選。
whatif-cost = 費用降到 { $cost } 以內，就會入選。

# Turnout
turnout-title = 有多少人投票
turnout-line = 名冊上 { $roll } 人，{ $voters } 人投了票，投票率 { $percent }。
turnout-ballots = 共收到 { $n } 張選票。
turnout-label = 投票率

# Rules, in plain words: the rule's code after "rule-"
rule-title = 按哪條規則算的
rule-greedy-cost = 按得票從高到低
rule-greedy-cost-plain = 得票多的先選。錢夠就入選，不夠就跳過，接著看下一個，直到看完。
rule-mes-cost = 等額分配法
rule-mes-cost-plain = 總預算平均分給每位投票人，各人的份額只能用在自己支持的項目上。一個項目的支持者合起來出得起，它就入選；每人分擔得越少越優先。
rule-mes-add1u-cost-cost = 等額分配法，逐步加額，餘款按得票補足
rule-mes-add1u-cost-cost-plain = 先按等額分配法算一遍。如果錢沒有用完，就把每人的份額一點一點加上去重算，只要入選項目不超過總預算就繼續。最後剩下的錢，按得票從高到低補選買得起的項目。
phase-greedy = 按得票從高到低選上
phase-equal-shares = 由支持者的份額選上
phase-completion = 用餘款補選上
phase-phragmen = 因為給支持者的負擔最輕而選上
verdict-title = 憑什麼算數
verdict-explain = 規則、選票和結果都在台帳裡，任何人都可以重算。
verdict-recount = 自己重算一遍
verdict-inputs = 選票的指紋
secret-note = 這裡只公布有多少人支持，不公布是誰。

# The ballot
vote-title = 投票
vote-hint = 可以選幾個項目，最多 { $limit } 個。
vote-send = 投票
vote-thanks = 票已收到，謝謝您
vote-receipt = 請留好回執：憑它可以在公布的選票裡找到您的一票。
vote-not-open = 現在不是投票時間。

# How the count ended: the outcome's code after "stop-"
stop-title = 為什麼到這裡結束
stop-exhaustive = 剩下的錢不夠買任何一個還有人支持的項目。
stop-infeasible = 份額再加一點，入選項目就會超過總預算，所以停在這裡。
stop-once = 按規則只算一遍，算到沒有支持者出得起的項目為止。
stop-end-of-list = 所有項目都看過了。
stop-would-exceed = 下一個項目，或者和它並列的項目，超過了剩下的錢；按這條規則，到此為止。
stop-no-ballots = 沒有收到選票。
share-each = 每位投票人最後分到的份額是 { $amount }。
share-runs = 份額一共試算了 { $n } 次。

# The page of a result
result-not-yet = 結果還沒有公布
result-bar-note = 橫條越長，支持它的選票在全部選票裡占得越多；斜紋是沒有入選的。
phase-line = 怎麼選上的：{ $phase }。
project-share = 占全部選票
project-why-won = 為什麼入選
project-why-lost = 為什麼沒有入選
lost-shares-short = 支持者手裡的份額加起來不夠。
lost-spent-rest = 另有 { $amount } 用在其他入選項目上。
lost-label-needed = 項目需要
lost-label-given = 支持者起初分到
lost-label-had = 不夠的那一刻還有
lost-label-missing = 還差
lost-from-the-start = 支持者的份額加起來，從一開始就不夠。
lost-second-chance = 後來用餘款補選，輪到它時只剩 { $left }，也放不下。
lost-shares-title = 支持者的份額
whatif-title = 怎樣就會入選
whatif-note = 只改動這一處，其他都不變，重新計票得到的。
verdict-rule-set = 規則版本：{ $name }
verdict-entry = 台帳裡公布結果的那一條
verdict-step-export = 運行本站的單位用下面這條命令匯出資料包；裡面沒有個人資訊，誰都可以要一份。
verdict-step-key = 從這裡抄下台帳的公鑰，存成 key.txt。
verdict-step-verify = 在自己的電腦上執行下面這條命令，它會從選票開始重算一遍。不用連網。
secrecy-title = 投票怎麼保密
secrecy-public = 公布的是有多少人支持，不是誰支持。選票只有隨機編號，不記時間，也不記是誰的；名冊只記誰投過票，不記投了什麼。
secrecy-operator = 也要說清楚：投票期間，能直接看資料庫的人看得到誰已經投票、收到了哪些選票，懂行的人下功夫還能把兩邊對上。截止以後，系統把名冊和選票各自重新排放，資料庫裡就不再留著這層關係；投票期間另存的備份除外。
own-projects-title = 您提的項目
own-projects-note = 評審和投票怎麼定的、差在哪裡，每個項目的頁面上都寫著。
project-own = 這是您提的項目。結果定下來以後，怎麼定的、為什麼，都寫在這一頁。
project-review-title = 評審結果
project-review = 評審第 { $rank } 名，{ $points } 分。
project-review-sheets = 看每張評分表，分數是怎麼來的
project-way-proposal = 看這個項目的提案
project-way-money = 看這個項目的錢怎麼花

# 網頁之外：linli tally --explain
tally-rule = 規則：{ $rule }
tally-points = 一共得到 { $points } 分。
tally-money = 它的支持者合起來有的錢，開頭以及每選上一個之後：{ $list }。
tally-price-point = 費用由支持者分擔；每給它一分，最多出 { $price }。
tally-load = 這之後，它的每位支持者負擔 { $load }。
tally-whatif-none = 重新算過：試過的更多支持者和更低的費用，都不夠讓它入選。
verdict-recount-here = 這個結果登記成了一條裁定：在那一頁點一下就能讓伺服器重算，也能下載全部選票自己算。
verdict-recount-go = 去重算這個結果
lost-spent-lead = 支持者起初合起來分到 { $given }，其中 { $spent } 已經用在先入選的項目上：
lost-turn-last = 沒有人支持它，所以排在最後；還沒輪到它，計票就結束了：當時還剩 { $left }，排在前面的一個項目放不進去，按這條規則到此為止。
whatif-both-exactly = 再多 { $n } 位支持者，或費用恰好是 { $cost }，就會入選。別的費用沒有一一試過。
whatif-cost-exactly = 費用恰好是 { $cost }，就會入選。別的費用沒有一一試過。
whatif-fewer = 更少的人數沒有一一試過，也許不用這麼多。
whatif-effort = 試算的次數用完了，沒有再往下試。
phase-greedy-card = 按每單位費用的得票從高到低選上
phase-greedy-cost-sqrt = 按得票除以費用的平方根從高到低選上
phase-greedy-addcard = 按每單位費用的得分從高到低選上
phase-greedy-borda = 按每單位費用的名次得分從高到低選上
tally-order-cost = 按得票從高到低看；剩下的錢放得下就入選，放不下就跳過。
tally-order-card = 按得票除以費用從高到低看；剩下的錢放得下就入選，放不下就跳過。
tally-order-cost-sqrt = 按得票除以費用的平方根從高到低看；剩下的錢放得下就入選，放不下就跳過。
tally-order-addcard = 按得分除以費用從高到低看；剩下的錢放得下就入選，放不下就跳過。
tally-order-borda = 按名次得分除以費用從高到低看（一張選票上排在它後面的每個項目給它一分）；剩下的錢放得下就入選，放不下就跳過。
tally-fill-cost = 等額分配之後剩下的錢，按得票從高到低補選放得下的項目。
tally-fill-card = 等額分配之後剩下的錢，按得票除以費用從高到低補選放得下的項目。
tally-fill-cost-sqrt = 等額分配之後剩下的錢，按得票除以費用的平方根從高到低補選放得下的項目。
tally-fill-addcard = 等額分配之後剩下的錢，按得分除以費用從高到低補選放得下的項目。
tally-fill-borda = 等額分配之後剩下的錢，按名次得分除以費用從高到低補選放得下的項目（一張選票上排在它後面的每個項目給它一分）。
