# Sample words of the page /styleguide
# The page itself
sg-title = 樣式手冊
sg-lead = 這一頁擺著所有部件，每個部件的每種樣子都在。人物、數字都是編的。
sg-s-colours = 顏色和字
sg-s-buttons = 按鈕
sg-s-way = 在哪裡、往哪走
sg-s-matter = 一件事的來龍去脈
sg-s-due = 到期和責任
sg-s-forms = 填表
sg-s-wrong = 填錯了怎麼說
sg-s-confirm = 再問一句
sg-s-said = 告訴一聲
sg-s-postings = 公示
sg-s-papers = 回執、列印、轉發
sg-s-verdicts = 裁定和憑證
sg-s-numbers = 數字和圖
sg-s-tables = 名單和表格
sg-s-people = 人和單位
sg-s-states = 沒有、一個、沒辦成
sg-s-problems = 出錯的頁面

# Colours and type
sg-colour-ink = 墨：要讀的字
sg-colour-soft = 淡墨：補充的話
sg-colour-needs-you = 朱紅：要您來做
sg-colour-done = 青瓷：辦好了
sg-colour-due = 赭黃：快到期
sg-type-h2 = 二級標題用宋體
sg-type-h3 = 三級標題，說一件事
sg-type-body = 正文用黑體，行距寬鬆，像街坊說話一樣短。看不懂的詞，就換一個說法。
sg-type-small = 小字只放補充的話，長輩版裡也不小於 18 像素。

# Buttons
sg-btn-first = 我要報名
sg-btn-plain = 看看詳情
sg-btn-quiet = 以後再說
sg-btn-danger = 撤銷公示
sg-btn-waiting = 正在提交
sg-btn-long = 把選取的十二件訴求一起轉給安外社區居委會並通知反映人

# Places and people
sg-street = 安貞街道
sg-community = 安外社區
sg-community2 = 安華里社區
sg-community3 = 外館社區
sg-building = 14號樓
sg-committee = 安外社區居委會
sg-property = 和順物業
sg-person1 = 劉阿姨
sg-person2 = 張師傅
sg-person3 = 歐陽若蘭
sg-person-long = 阿卜杜熱合曼·買買提依明·艾合麥提江
sg-role-rep = 居民代表
sg-role-worker = 社工
sg-role-lift = 電梯維修
sg-long-name = 把安外社區四區十四號樓東側閒置多年的自行車棚改造成全天開放的鄰里議事小屋和兒童圖書角並加裝坡道扶手與夜間照明燈

# A matter
sg-matter = 14號樓的電動車往哪裡停、到哪裡充
sg-due-today = 今天到期
sg-now-title = 現在該誰做什麼
sg-now-text = 監督人劉阿姨今天要到充電車棚看一次現場，寫下三句話，拍一張照片。
sg-now-act = 去看過了，我來寫
sg-e1 = 第二次現場監督
sg-e1-text = 上次提出的「夜間照明不夠」，物業答應 9月15日前裝燈，請看是否裝好。
sg-e2 = 充電車棚啟用，30 個車位
sg-e2-text = 消防、城管、供電三家到場；費用 4.8 萬元，票據 6 張可查。
sg-e3 = 第三次議事：建棚，先試三個月
sg-e3-text = 到會 26 人，贊成 22，反對 3，棄權 1：通過。
sg-e4 = 評議
sg-photo1 = 充電車棚，三排車位
sg-photo2 = 夜裡亮著的燈
sg-photo3 = 樓道裡不再停車
sg-thread-none = 還沒有記錄
sg-thread-none-hint = 有人寫下第一句話，這裡就開始了。

# What is due
sg-d1 = 外館社區：七月議事會還沒有開
sg-d1-basis = 每月至少一次
sg-d2 = 路燈不亮：聯絡反映人
sg-d2-basis = 24 小時內聯絡
sg-d3 = 加裝電梯徵詢結果：張貼公示
sg-d4 = 銀齡國畫班：交中期材料
sg-board = 議事一年十二次，各社區到了哪裡
sg-board-place = 社區
sg-board-sum = 次數
sg-board-missing = 缺
sg-board-today = 今
sg-cell-done = { $month } 月：開了 { $n } 次
sg-cell-late = { $month } 月：沒有開
sg-cell-soon = { $month } 月：今天開

# Forms
sg-f-title = 一句話說清楚
sg-f-title-hint = 比如：四區14號樓東側的路燈不亮
sg-f-body = 多說幾句
sg-f-body-value = 老人買菜回來沒地方歇腳。
sg-f-money = 要花多少錢
sg-f-money-unit = 元
sg-f-people = 大約多少人受益
sg-f-day = 希望哪天辦好
sg-f-time = 幾點方便
sg-f-phone = 手機號碼
sg-f-phone-hint = 只用來回覆您，不公開。
sg-f-place = 在哪個社區
sg-f-who = 您是
sg-f-who-owner = 業主
sg-f-who-owner-more = 房子是您或家人的
sg-f-who-tenant = 租戶
sg-f-who-tenant-more = 租住在這裡
sg-f-topics = 和哪些方面有關
sg-f-topic-1 = 路燈和樓道照明
sg-f-topic-2 = 停車
sg-f-topic-3 = 垃圾分類
sg-f-photos = 照片
sg-f-photos-hint = 拍不了也沒關係，社工會去看。
sg-f-contact = 怎麼聯絡您
sg-f-contact-hint = 留一種就行。
sg-f-reason = 為什麼

# Asking once more
sg-c-title = 撤銷這次公示嗎？
sg-c-fact1 = 公示會標上「已撤銷」，原文仍然看得到。
sg-c-fact2 = 23 位關注的人會收到通知。
sg-c-fact3 = 撤銷以後不能恢復，要公示只能重新發。

# Messages
sg-m-ok = 收到了，編號 0037。三天內會有人回覆您。
sg-m-due = 明天 17:00 報名截止。
sg-m-needs = 您有一份材料要補。
sg-m-plain = 這個頁面每天早上更新。
sg-m-title = 報名快截止了
sg-none = 還沒有人提點子
sg-none-hint = 您可以做第一個。
sg-none-act = 我來提一個
sg-wait = 正在清點選票
sg-wait-hint = 大約要一分鐘，可以先去忙別的。
sg-progress = 已核對的回執

# Notices
sg-p-title = 關於14號樓加裝電梯方案的公示
sg-p-text = 方案、費用分攤和一層住戶的意見都在裡面。

# Papers
sg-r-title = 收件回執
sg-r-when = 收到時間
sg-r-what = 內容
sg-r-answer = 最晚答覆
sg-r-note = 請留好這張回執，憑編號就能查，不用手機也行。
sg-share-text = 【安外社區】14號樓充電車棚下週一啟用，30 個車位，先到先停。
sg-file1 = 第三次議事會記錄
sg-file2 = 費用明細和票據
sg-file3 = 到會簽名單
sg-file3-note = 有個人資訊，只有到會的人能看
sg-paper-title = 第三次議事會決議
sg-paper-text = 經到會代表過半數同意，在14號樓東側建充電車棚，先試用三個月，再由居民評議。

# Verdicts
sg-v-yes = 通過
sg-v-no = 沒有通過
sg-v-wait = 還不能算
sg-v-yes-text = 贊成 22 票，超過到會 26 人的一半。
sg-v-no-text = 贊成 12 票，不到到會 26 人的一半。
sg-v-wait-text = 到會 18 人，應到 31 人，還差 3 人才夠三分之二。
sg-v-rule = 議事規則第 5 條（2021 年 1 月起）
sg-v-should = 應到
sg-v-came = 到會
sg-v-for = 贊成

# Numbers
sg-n-said = 反映過的人
sg-n-came = 參加
sg-n-solved = 解決
sg-n-days = 用時
sg-n-note = 按辦結日算
sg-chart = 各社區本月訴求
sg-chart-value = 件數
sg-trend = 每月訴求（件）
sg-month = 月份
sg-month-n = { $n } 月

# Tables
sg-t-caption = 待辦訴求
sg-t-matter = 訴求
sg-t-place = 社區
sg-t-who = 經辦
sg-t-due = 期限
sg-t-cost = 費用
sg-t-found = 找到 214 件，這裡是第 1 到 3 件
sg-t-assign = 轉給……
sg-t-export = 匯出表格
sg-t-search = 找什麼
sg-tab-all = 全部
sg-tab-mine = 我經辦的
sg-tab-late = 逾期的
sg-states-none = 一個也沒有
sg-states-one = 只有一個
sg-states-refused = 沒辦成，和各種燈
sg-states-written = 人寫的話和折起來的
