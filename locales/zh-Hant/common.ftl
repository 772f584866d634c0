# The frame of every page
app-name = 鄰里
app-mark = 鄰
app-tagline = 自己的事，一起商量著辦
nav-label = 主選單
nav-home = 首頁
nav-seasons = 項目季
nav-ideas = 點子
nav-ledger = 台帳
skip-to-content = 跳到正文
lang-label = 語言
demo-ribbon = 示範資料：人物與票數均為虛構
footer-label = 頁尾
footer-promise = 每件事都有人負責、有時限、有依據、有憑證、有回音。
footer-check = 怎樣自己核對
footer-source = 原始碼與授權
footer-top = 回到頁首
footer-licence = 自由軟體，AGPL-3.0 授權

# Buttons and links
btn-save = 儲存
btn-send = 送出
btn-cancel = 取消
btn-back = 返回
btn-edit = 修改
btn-delete = 刪除
btn-confirm = 確認
btn-search = 尋找
btn-filter = 篩選
btn-more = 查看更多
btn-all = 查看全部
btn-details = 查看詳情
btn-download = 下載
btn-print = 列印
btn-home = 回首頁

# Small words
word-yes = 是
word-no = 否
word-none = 暫無
word-unknown = 不詳
word-all = 全部
word-total = 合計
word-date = 日期
word-name = 名稱
word-status = 狀態
word-details = 說明
empty-title = 這裡還沒有內容

# States; colour never stands alone
state-done = 已完成
state-now = 進行中
state-next = 還沒到
state-due = 快到期
state-late = 已逾期
state-open = 開放中
state-closed = 已結束
notice-ok = 好了
notice-due = 請留意
notice-needs-you = 需要您來做

# Counts
count-people = { $n } 人
count-votes = { $n } 票
count-projects = { $n } 個項目
count-ideas = { $n } 個點子
count-matters = { $n } 件
count-records = { $n } 筆紀錄
count-days = { $n } 天

# Time
when-today = 今天
when-tomorrow = 明天
when-yesterday = 昨天
when-days-left = 還剩 { $n } 天
when-days-late = 逾期 { $n } 天
when-until = 到 { $date } 為止

# The five seals: 集 议 办 督 评
seals-label = 五個環節
seal-collect-mark = 集
seal-collect = 收集
seal-deliberate-mark = 議
seal-deliberate = 商議
seal-do-mark = 辦
seal-do = 辦理
seal-supervise-mark = 督
seal-supervise = 監督
seal-appraise-mark = 評
seal-appraise = 評議

# Lists, tables, forms
pager-label = 翻頁
pager-previous = 上一頁
pager-next = 下一頁
breadcrumb-label = 您在這裡
table-scroll = 表格較寬，可以左右滑動
thread-title = 來龍去脈
form-errors = 有 { $n } 處需要改一改
form-optional = 選填
form-choose = 請選擇

# Proof and money
proof-title = 憑證
proof-hash = 指紋（SHA-256）
proof-full = 看完整指紋，可以複製
proof-explain = 指紋由內容算出：改動一個字，指紋就完全不同。
budget-title = 錢用到了哪裡
budget-line = 預算 { $budget }，已用 { $spent }，還剩 { $left }。
budget-over = 預算 { $budget }，已用 { $spent }，超出 { $over }。

# Ends of lists
list-end = 後面沒有了
list-first = 回到第一頁

# Licence and source of the running program
source-title = 原始碼與授權
source-lead = 這個程式是自由軟體：誰都可以用、可以看、可以改、可以傳。
source-program = 程式
source-version = 正在執行的版本
source-licence = 授權
source-where = 正在執行的這個版本的全部原始碼，包括運行單位自己改過的部分，請向運行本站的單位索取，對方必須免費提供。
source-right = 您有這項權利，依據的是 GNU Affero 通用公共授權條款第 3 版或更新版本的第 13 條。

# Counts of people and of attendances
count-people-more = { $n } 餘人
count-attendances = { $n } 人次
count-attendances-more = { $n } 餘人次

# Letters and light
view-label = 語言和顯示
view-open = 大字 文A
view-to-plain = 標準版
view-letters = 字級
view-plain = 標準
view-elder = 長輩版
view-theme = 顏色
theme-auto = 跟隨手機
theme-light = 淺色
theme-dark = 深色

# What is due
light-fine = 不急
due-basis = 依據：{ $basis }
due-provisional = 暫定
due-provisional-why = 這一年的節假日安排還沒有公布，日期可能會變。

# Files and photos
photos = 照片
photos-hint = 拍清楚在什麼位置。請盡量不要拍到別人的臉和車牌。
photos-kept = 已經收到 { $n } 張照片，不用再選。
photos-lost = 前面傳的照片有的用不上了，請重新選，再發一次。
photo-alt = 照片 { $n }
upload-limit = 可以傳 { $kinds }，最多 { $n } 個，每個不超過 { $size }。
upload-too-large = 這個檔案太大，請換小一點的
file-withheld = 不公開

# Work with many rows
pick-column = 選取
pick-row = 選取：{ $name }
pick-do = 選取的這些：
sort-up = 由小到大
sort-down = 由大到小
filter-on = 正在使用的條件
filter-more = 更多條件
filter-off = 去掉這個條件
filter-clear = 全部去掉
chart-table = 看數字

# Public notices
posting-word = 公示
posting-dates = { $from }至{ $until }
posting-before = 還沒開始
posting-over = 公示期已滿
posting-objections = 收到異議 { $n } 條
posting-object = 我有不同意見

# Receipts
receipt-number = 編號
receipt-qr = 查進度用的二維碼
receipt-find = 掃碼，或在手機上打開這個網址，就能查到進度：

# Taking along
share-title = 轉到群組
share-hint = 長按下面的文字，全選後複製，貼到群組裡就行。
share-copy = 複製文字和連結
share-done = 複製好了，去群組貼上吧
share-picture = 長按圖片可以儲存，再傳到群組裡。
share-qr = 二維碼：掃一掃，打開這一頁

# Verdicts
verdict-word = 裁定
verdict-rule = 按這條規則：
verdict-digest = 輸入資料的指紋
verdict-compute = 我自己算一遍

# Asking, waiting, attending
confirm-facts = 確認後會這樣：
confirm-back = 先不辦，返回
progress-of = { $part }／{ $whole }
waiting-again = 再看一下
presence-open = 未簽到
presence-present = 已到
presence-absent = 缺席
presence-excused = 請假
presence-proxy = 委託他人
place-path-label = 所在地
count-more = { $n } 餘
