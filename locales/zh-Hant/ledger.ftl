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
ledger-proof-explain = 從這筆紀錄的指紋開始，依次和憑證裡的 { $n } 個指紋合算，就得到檢查點裡的總指紋。
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

# Looking at the log
ledger-about = 有關的紀錄
ledger-about-note = 這裡只列出關於 { $subject } 的紀錄。選票和名冊記號按隨機編號混排，不列在內，可以憑編號查。
ledger-all = 看全部紀錄
ledger-no-day = 不記時間
ledger-find-title = 查一條紀錄
ledger-find-field = 紀錄或選票的編號
ledger-find-hint = 照回執上的抄，例如 7-0f3k… 。
ledger-find-go = 查一查
ledger-find-none-title = 沒有找到
ledger-find-none = 台帳裡沒有這個編號。請先核對有沒有抄錯。如果是剛投的票：投票期間選票封存著，截止以後才進入台帳，那時再來查。
ledger-find-not-an-id = 這不像一個編號。編號是一個數字、一條短橫線，後面跟 20 或 24 個字母和數字。
ledger-signed = 每次加進紀錄，檢查點就重新簽一次名（Ed25519）。
ledger-checkpoint-text = 檢查點原文
ledger-file-checkpoint = 檢查點檔案
ledger-file-key = 公鑰檔案
ledger-file-proof = 下載這一條的憑證
ledger-tiles = 程式可以直接取：/checkpoint 和 /tile/…，格式是 C2SP tlog-tiles，別家寫的核對工具也能用。
ledger-entry-open = 打開它說的那件事
ledger-entry-kind-code = 類別
ledger-entry-id = 編號
ledger-entry-commit = 未公開部分的指紋
ledger-exact = 紀錄原文
ledger-exact-note = 指紋就是從這些位元組算出來的，一個位元組都不能差。
ledger-proof-holds = 剛剛核對過：這一條在簽過名的台帳裡。
ledger-proof-fails = 核對沒有通過：這一條和簽過名的總指紋對不上。請告訴社區工作人員。
ledger-proof-keep = 把憑證存下來，以後沒有網路也能證明這一條一直在台帳裡。

# An entry in one sentence: its kind after "told-"
told-place-added = 登記了地點「{ $name }」。
told-season-opened = 項目季「{ $name }」開始徵集點子。
told-idea-posted = 一位居民提了一個點子。
told-project-added = 列入第 { $n } 個項目：「{ $name }」。
told-roll-enrolled = 投票名冊增加了 { $n } 人。
told-roll-marked = 名冊上記下一個人投了票。
told-vote-opened = 投票開始，共有 { $n } 個項目可選。
told-ballot-cast = 一張選票，選了這些項目：{ $choices }。
told-ballot-empty = 一張空白選票。
told-vote-closed = 投票截止，選票的封存打開了。
told-verdict-published = 公布結果：{ $ballots } 張選票，選出 { $winners } 個項目。
