# The register
verdicts-title = 裁定
verdicts-lead = 按哪條規則、用哪些資料、得出什麼結果，都寫在這裡，誰都能自己再算一遍。
verdicts-none = 還沒有裁定
verdicts-none-hint = 計票公布或公示期滿以後，會列在這裡。
verdict-field-kind = 類別
verdict-kind-season-result = 項目季投票結果
verdict-kind-notice-minimum = 公示期是否滿足
verdict-passed = 通過
verdict-not-passed = 沒有通過
verdict-decided = 已得出
verdict-rule-of = { $rule }（{ $set }）
verdict-outcome-title = 結果
verdict-parameters-title = 規則裡的數
verdict-subject-title = 說的是哪件事
verdict-subject-link = 去看這件事
verdict-check-title = 自己算一遍
verdict-check-export = 匯出臺帳，得到一個資料夾。
verdict-check-verify = 在自己的電腦上核對：每一條記錄、每一個投票結果都會重新算。
verdict-check-compare = 把算出的結果和上面的比一比，輸入資料的指紋也要一樣。
verdict-entry-link = 臺帳裡的這一條
verdict-ledger-link = 這件事的全部記錄
verdict-api = 資料（JSON）

# Why
verdict-explained-notice-minimum-met = { $from }貼出，至少要 { $least } 天，實際定 { $days } 天，掛到{ $until }，{ $ended }結束。收到異議 { $objections } 條，都有回覆。
verdict-explained-season-result = 按 { $ballots } 張選票計算，選出 { $winners } 個項目，一共 { $projects } 個。每個項目為什麼入選或沒入選，結果頁上都有說明。

# Members of parameters and outcomes
verdict-member-kind = 類別
verdict-member-law = 依據
verdict-member-least = 至少天數
verdict-member-counted = 怎麼數
verdict-member-from = 貼出
verdict-member-until = 最後一天
verdict-member-ended = 結束
verdict-member-days = 天數
verdict-member-version = 版次
verdict-member-objections = 異議
verdict-member-chosen = 入選項目
verdict-member-winners = 入選項目編號
verdict-member-budget = 預算（分）
verdict-member-total-cost = 入選項目總費用（分）
verdict-member-ballots = 選票
verdict-member-voters = 名冊人數
verdict-member-increment = 遞增單位（分）
verdict-member-max-choices = 每張票最多選

# What was refused, and the entry of the log
refusal-verdict-not-found = 沒有這條裁定。
refusal-inputs-too-long = 依據的資料太長，最多 { $limit } 位元組。
field-not-an-object = 這裡要填一個 JSON 物件。
entry-verdict-recorded = 登記了一條裁定
verdict-member-apportionment-total = 分攤總額
verdict-member-apportionment-sum = 各戶合計
verdict-member-apportionment-flats = 戶數
verdict-member-apportionment-area = 面積合計
verdict-member-apportionment-developer = 開發單位承擔
verdict-member-apportionment-rule = 零頭怎麼辦
verdict-value-apportionment-total = { $money }
verdict-value-apportionment-sum = { $money }
verdict-value-apportionment-developer = { $money }
verdict-value-apportionment-area = { $hundredths } 平方公尺
verdict-value-apportionment-rule-largest = 零頭最大的各加一分
verdict-value-apportionment-rule-one = 都歸指定的一戶
verdict-value-midterm-outcome-passed = 通過
verdict-value-midterm-outcome-failed = 不通過
verdict-value-midterm-outcome-rectify = 限期改善
