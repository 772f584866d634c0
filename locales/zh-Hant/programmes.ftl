# The first page
home-title = 大家的點子，大家來定
home-lead = 誰都可以提點子。投票決定錢花在哪裡，結果說明為什麼，每一步都能查。
home-now = 正在進行
home-results = 最近公布的結果
home-ideas = 新來的點子
home-nothing = 現在沒有正在進行的項目季。您的點子隨時可以先記下來。

# Seasons
seasons-title = 項目季
seasons-lead = 每一季從徵集點子開始，到投票、公布、辦理、評議結束。
seasons-none = 還沒有項目季
seasons-none-hint = 第一季開始時，會在這裡貼出來。
season-state-draft = 籌備中
season-state-collecting = 徵集中
season-state-voting = 投票中
season-state-closed = 已截止
season-state-published = 已公布
season-collecting-until = { $date } 前都可以提點子。
season-voting-until = { $date } 前都可以投票。
season-closed-note = 投票已經截止，正在核對。
season-published-on = { $date } 公布
season-budget = 總預算
season-projects = 項目
season-ideas = 點子
season-voters = 投票人
season-see-result = 看結果和理由
season-see-projects = 看看有哪些項目
season-vote-now = 去投票
season-open-data = 下載投票資料（Pabulib 格式）

# Projects
project-title = 項目
project-number = 項目編號
project-cost = 費用
project-supporters = 支持者
project-votes = 得票
project-place = 地點
project-category = 類別
project-result = 結果
project-chosen = 入選
project-not-chosen = 未入選
project-waiting = 等待投票
project-no-description = 提出人沒有寫介紹。
projects-none = 這一季還沒有項目
projects-none-hint = 點子經過討論完善以後，會成為項目列在這裡。

# Ideas
ideas-title = 點子
ideas-lead = 小事也是大家的事。一句話說清楚就行，不用寫成文章。
ideas-none = 還沒有人提點子
ideas-none-hint = 您來提第一個吧。
idea-new = 提一個點子
idea-by = 提出人：{ $name }
idea-by-resident = 一位居民
idea-number = 編號 { $number }
idea-state-received = 已收到
idea-state-answered = 已回覆
idea-state-adopted = 已立項
idea-state-declined = 沒有採納
idea-form-title = 提一個點子
idea-form-lead = 想讓樓裡、院裡、街上變得更好？寫下來，我們會看，也會答覆。
idea-field-title = 標題
idea-field-title-hint = 一句話說清楚想做什麼，例如：在 14 號樓前裝一排長椅。
idea-field-body = 想法
idea-field-body-hint = 為什麼要做，對誰有好處，大概怎麼做。寫幾句就行。
idea-field-name = 怎麼稱呼您
idea-field-name-hint = 會公開顯示。可以寫「14 號樓劉阿姨」，也可以不填。
idea-field-place = 在哪裡
idea-field-place-hint = 選離得最近的社區。
idea-send = 送出
idea-privacy = 請不要寫電話、門牌號或別人的姓名。標題和想法會公開。
idea-thanks = 收到了，謝謝您
idea-thanks-number = 點子的編號是 { $number }，請記下來，憑它可以隨時查看。
idea-closed = 這一季不再收點子了。下一季開始時歡迎再來。

# The first page: what one can do now
home-do-title = 現在您可以做的
home-do-idea = 「{ $season }」正在徵集點子，誰都可以提，一句話就行。
home-do-vote = 「{ $season }」正在投票。先看看有哪些項目，再想好選哪幾個。
home-do-result = 「{ $season }」公布了結果：哪些入選，哪些沒有，各是為什麼。
home-do-wait = 「{ $season }」投票已經截止，正在核對。結果出來後會貼在這裡。
home-about-title = 鄰里是什麼
home-about-rule = 錢怎麼分，按事先公布的規則來算，不由誰說了算。
home-about-why = 沒有入選的項目，也寫明差在哪裡、差多少。
home-about-check = 每一步都記在台帳裡，任何人在家裡都能重算一遍。
home-check-title = 怎麼核對這裡的數字
home-check = 每個數字點開都是紀錄。台帳只能往後加，改動任何一條都看得出來。

# A season’s own page
season-title = 項目季
seasons-all = 全部項目季
season-look = 看看這一季
season-opened-on = { $date } 開始
season-collecting-note = 這一季正在徵集點子，誰都可以提。
season-voting-note = 正在投票。憑社區發給您本人的投票碼投票，每人一次；怎麼投，請看社區的通知。
season-published-note = 結果已經公布：哪些入選，哪些沒有，各是為什麼。
season-ballots = 選票
season-roll = 名冊人數
season-max-choices = 每人最多可選 { $n } 個項目。
season-check-title = 自己核對
season-ledger = 這一季在台帳裡的紀錄
season-api = 開放資料（JSON）
season-source-title = 資料來源
season-source = 這一季的項目和選票來自一份公開的資料檔案，下面是檔案自己的說明。
project-about = 項目介紹
ideas-all = 全部點子
ideas-of = 「{ $season }」的點子
idea-kept = 您寫的內容沒有提交，可以先複製保存
idea-sign-in = 登入後寫點子
idea-before = 寫之前，先用手機號登入一次（收一個驗證碼）。公開時可以不留名字。
idea-without-phone = 沒有手機也可以：到社區服務台，由社工代您登記，當場給您回執。
home-report = 看到哪裡壞了、髒了、不安全，說一聲就行；辦好了會請您來評。
