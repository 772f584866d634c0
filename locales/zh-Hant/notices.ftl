# The board
notices-title = 公示
notices-lead = 要讓大家知道的事，都貼在這裡。有不同意見，公示期內都可以提。
notices-tab-now = 正在公示
notices-tab-past = 公示過的
notices-tab-drafts = 草稿
notices-none = 這裡還沒有公示
notices-none-hint = 有新的公示，會貼在這裡。
notices-feed = 訂閱公示（Atom）

# One notice
notice-state-draft = 草稿
notice-state-posted = 公示中
notice-state-ended = 已期滿
notice-state-withdrawn = 已撤回
notice-days-title = 公示多久
notice-law = 依據
notice-days = 公示期
notice-counted-days = { $n } 天
notice-counted-days-to-workday = { $n } 天，最後一天放假就順延到下一個工作日
notice-counted-workdays = { $n } 個工作日
notice-least = 至少 { $n } 天
notice-from = 貼出
notice-until = 最後一天
notice-until-day = 公示到 { $day }
notice-closed-ended = 結束
notice-closed-withdrawn = 撤回
notice-counting = 貼出當天不算，從第二天數起；最後一天整天都算（《民法典》第二百零一條、第二百零三條）。
notice-was-withdrawn = 這份公示已經撤回
notice-was-corrected = 內容更正過，公示期從更正那天重新算
notice-versions = 更正前後
notice-version = 第 { $n } 版，{ $from }至{ $until }
notice-proof-title = 自己查證
notice-proof = 什麼時候貼的、改過沒有、誰都沒法悄悄動，臺帳裡都有記錄。
notice-proof-link = 臺帳裡的記錄
notice-verdict-link = 期滿裁定
notice-api = 資料（JSON）
notice-subject-link = 公示的是什麼
notice-share =
    【公示】{ $title }
    { $place }，公示到{ $until }。有不同意見，點開連結就能提。

# Kinds
notice-kind-residents-affairs = 居務公開
notice-kind-residents-meeting = 居民會議通知
notice-kind-roll = 名冊公示
notice-kind-owners-meeting = 業主大會會議通知
notice-kind-owners-decision = 業主共同決定
notice-kind-property-committee-meeting = 物管會會議通知
notice-kind-deliberation = 議事預告
notice-kind-minutes = 議事紀要
notice-kind-grant-approval = 資助名單
notice-kind-accounts = 帳目公開
notice-kind-other = 其他

# Which rule demands it
law-organic-34 = 《城市居民委員會組織法》第三十四條
law-organic-26 = 《城市居民委員會組織法》第二十六條
law-organic-17 = 《城市居民委員會組織法》第十七條至第十九條
law-beijing-property-35 = 《北京市物業管理條例》第三十五條
law-beijing-property-37 = 《北京市物業管理條例》第三十七條
law-beijing-property-58 = 《北京市物業管理條例》第五十八條
law-house = 本平臺的預設規則（法律沒有寫明天數）

# Keeping a notice
notice-new = 寫公示
notice-new-lead = 寫清楚是什麼事、誰定的、有意見怎麼提。貼出去以後再改，公示期要重新算。
notice-field-kind = 類別
notice-field-kind-hint = 類別決定至少要公示幾天。
notice-field-title = 標題
notice-field-body = 內容
notice-field-body-hint = 不要寫手機號、身分證號和住址。
notice-field-days = 公示幾天
notice-field-days-hint = 不填就按規定的最少天數。
notice-field-why = 為什麼更正
notice-field-why-hint = 大家都看得到。
notice-field-reason = 為什麼撤回
notice-field-reason-hint = 大家都看得到。
notice-keep-title = 辦理
notice-keep-draft = 先存草稿
notice-post = 貼出去
notice-correct = 更正內容
notice-correct-restarts = 更正後公示期從今天重新算，原來的內容大家還能看到。
notice-end = 結束公示
notice-end-later = 公示期滿以後才能結束。
notice-withdraw = 撤回公示
notice-owes-correction = 有 { $n } 條異議成立，要先更正才能結束。
notice-done-object = 您的意見收到了，會有人回覆。
notice-done-answer = 已經回覆。
notice-done-post = 已經貼出去了。
notice-done-correct = 已經更正，公示期從今天重新算。
notice-done-end = 公示結束了。
notice-done-withdraw = 已經撤回。

# Objections
objections-title = 異議 { $n } 條
objections-none = 還沒有人提出異議。
objection-form-title = 我有不同意見
objection-until = { $day }當天結束前都可以提。
objection-field-words = 哪裡不對
objection-field-words-hint = 只有您和負責回覆的人看得到。
objection-field-shown-as = 公開時怎麼稱呼您
objection-field-shown-as-hint = 不填就寫「一位居民」。
objection-privacy = 異議的內容和您的身分不公開，公開的是條數和回覆。
objection-send = 提交
objection-sign-in = 登入後提出
objection-at-the-desk = 不會上網也可以到社區服務臺，由工作人員代錄。
objection-by-resident = 一位居民
objection-yours = 這是您提的。
objection-due = 最晚回覆
objection-state-open = 等待回覆
objection-state-answered = 已答覆
objection-state-upheld = 異議成立
objection-state-rejected = 異議不成立
objection-answer = 回覆
objection-answer-title = 回覆
objection-field-outcome = 結論
objection-as-upheld = 成立，公示要更正
objection-as-rejected = 不成立，理由寫在下面
objection-as-answered = 是詢問或別的事，解答就行
objection-field-answer = 回覆內容
objection-field-answer-hint = 大家都看得到，不要寫出提意見的人。
objection-in-conflict = 提意見的人和發公示的人不能回覆，請別的同事來。
objection-corrected-in = 已在第 { $n } 版更正。

# What was refused
refusal-notice-not-found = 沒有這份公示。
refusal-objection-not-found = 沒有這條異議。
refusal-notice-wrong-state = 這份公示現在不能這樣辦：它可能還沒貼出、已經結束或者已經撤回。
refusal-notice-too-short = 這類公示至少要 { $least } 天，您填的是 { $days } 天。
refusal-notice-kind-ended = 這一類公示現在已經不用了，請換一個類別。
refusal-notice-still-running = 公示到 { $day } 當天結束，第二天起才能結束公示。
refusal-objections-open = 還有 { $n } 條異議沒有回覆，先回覆再結束。
refusal-correction-owed = 有 { $n } 條異議成立，先更正公示再結束。
refusal-objections-closed = 提意見的期限到 { $day } 為止，已經過了。
refusal-objection-answered = 這條異議已經有人回覆了。
refusal-too-many-objections = 這份公示的異議已經到了上限：{ $limit } 條。請聯絡社區工作人員。
refusal-too-many-corrections = 更正太多次了，最多 { $limit } 版。請撤回後重新發。
refusal-nothing-changed = 內容和原來一樣，沒有更正。

# Entries of the log
entry-notice-drafted = 寫了一份公示草稿
entry-notice-posted = 貼出了公示
entry-notice-corrected = 更正了公示，期限重新算
entry-notice-ended = 公示期滿結束
entry-notice-withdrawn = 撤回了公示
entry-objection-made = 有人提出異議
entry-objection-answered = 異議有了回覆
objection-owed-by = 由{ $holder }回覆
objection-owed-by-nobody = 還沒有人負責回覆
notice-whole-list = 看完整名單，每個項目都有理由
notice-whole-results = 看每個項目的評估結果和現在的進度
notice-kind-owners-meeting-by-rules = 業主大會會議通知（按當地規則）
law-owners-rules = 這次表決所依據的規則，寫在公示裡
