# What the log is
ledger-title = 台帳
ledger-lead = 這裡按先後順序記著發生過的每一件事，只能往後加，不能改，也不能刪。
ledger-what-title = 為什麼可以相信它
ledger-what = 每筆紀錄都有指紋，所有指紋合成一個總指紋。改動任何一筆，總指紋就對不上，誰都看得出來。
ledger-privacy = 公開的部分沒有個人資料。
ledger-empty = 還沒有紀錄

# Checkpoints and entries
ledger-size = 紀錄筆數
ledger-checkpoint = 檢查點
ledger-checkpoint-explain = 檢查點寫著紀錄有多少筆、總指紋是什麼，並有簽名。把它抄下來，以後就能證明台帳沒有被改過。
ledger-root = 總指紋
ledger-origin = 台帳名稱
ledger-key = 簽名公鑰
ledger-entries = 最近的紀錄
ledger-entry = 第 { $n } 筆紀錄
ledger-entry-number = 序號
ledger-entry-kind = 發生了什麼
ledger-entry-subject = 關於
ledger-entry-when = 時間
ledger-entry-content = 紀錄內容
ledger-proof-title = 這一筆確實在台帳裡
ledger-proof-explain = 從這筆紀錄的指紋開始，依次和下面的 { $n } 個指紋合算，就得到檢查點裡的總指紋。
ledger-leaf = 這筆紀錄的指紋

# Checking at home
ledger-verify-title = 在家自己核對
ledger-verify-lead = 不用相信我們，也不用連線，一台普通電腦就夠了。
ledger-verify-step-download = 下載公開資料包。
ledger-verify-step-run = 在電腦上執行下面這條命令。
ledger-verify-step-compare = 它會重算每個指紋和每次投票結果，哪怕改動一個位元組也會指出來。
ledger-verify-step-witness = 把總指紋和鄰居手裡的比一比，應該一模一樣。
ledger-download = 下載公開資料包

# What an entry tells: its kind after "entry-"
entry-place-added = 登記了一個地點
entry-person-registered = 登記了一位成員
entry-season-opened = 開始了一個項目季
entry-idea-posted = 收到一個點子
entry-project-added = 列入了一個項目
entry-roll-enrolled = 投票名冊增加了一批人
entry-roll-marked = 名冊上記下有人投了票
entry-vote-opened = 投票開始
entry-ballot-cast = 投下一張選票
entry-vote-closed = 投票截止
entry-verdict-published = 公布了結果
entry-other = 其他紀錄
