# Figures
attendance-title = 參與情況
attendance-lead = 來了多少人次、多少人，都從簽到記錄裡數出來，不是填上去的。
attendance-counting = 人次是簽到的次數，人是不同的人，兩個數不能相加。估計的數另列，寫明依據，不算進人數。
attendance-events = 活動場次
attendance-visits = 簽到人次
attendance-persons = 不同的人
attendance-unnamed = 另有 { $n } 人次沒有登記到人
attendance-estimated-direct = 估計直接服務
attendance-estimated-indirect = 估計間接帶動
attendance-from = 從
attendance-until = 到

# Rows
attendance-rows-visits = 簽到記錄
attendance-rows-estimates = 估計的依據
attendance-none = 這段時間沒有記錄
attendance-caption = 每一行是一個人來一次
attendance-column-day = 日期
attendance-column-event = 活動
attendance-column-who = 誰
attendance-column-way = 怎麼登記的
attendance-column-heads = 人次
attendance-estimate = 估計
attendance-person = 一位登記過的居民
attendance-person-ending = 登記居民，編號末四位 { $end }
attendance-nobody-known = 沒有登記到人
attendance-way-web = 線上登記
attendance-way-qr = 掃碼
attendance-way-paper = 紙本簽到表
attendance-way-list = 名單
attendance-way-counter = 服務臺
attendance-way-phone = 電話
attendance-way-visit = 上門
attendance-way-import = 歷史資料
attendance-event-title = 活動簽到
attendance-strike = 劃掉這一行
attendance-struck = 已劃掉：
attendance-field-reason = 為什麼劃掉
attendance-field-reason-hint = 劃掉的不再計數，但記錄還在。
field-in-the-future = 這一天還沒到。
refusal-attendance-not-found = 沒有這條簽到。
refusal-attendance-struck = 這條簽到已經劃掉了。

# Entries of the log
entry-attendance-recorded = 有人簽到
entry-attendance-listed = 錄入了一張簽到表
entry-attendance-estimated = 估計了參與人次
entry-attendance-struck = 劃掉了一條簽到
field-event-of-another-page = 這類場次有自己的頁面，請到那裡登記
