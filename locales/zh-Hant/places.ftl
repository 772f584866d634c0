# The tree of places
place-label = 地點
place-all = 全部地點
place-choose = 請選擇社區
place-code = 區劃代碼
place-code-local = （臨時代碼）
place-level-province = 省、直轄市
place-level-city = 市
place-level-district = 區、縣
place-level-subdistrict = 街道、鄉鎮
place-level-community = 社區、村
place-level-estate = 小區
place-level-building = 樓
place-level-entrance = 單元
place-level-flat = 戶

# Pages of places
places-title = 地點
places-lead = 從市、區、街道到社區、小區，一層一層往下找；也可以直接查名字。
places-none = 還沒有登記地點
places-none-hint = 匯入區劃代碼以後，地點會出現在這裡。
place-search = 查地點
place-search-hint = 名字、拼音或首字母都行，比如「龍澤苑」「longzeyuan」「lzy」。
place-found = 找到 { $n } 個地點。
place-found-more = 還有更多。多寫一兩個字，或者在前面加上街道名，會更準。
place-none-found = 沒有找到這個地點
place-none-found-hint = 換個寫法試試，或者從市、區一層一層往下找。
place-below = 下面的地點
place-below-none = 下面沒有再分。
place-former = 已經撤併的
place-ended = { $day } 起撤銷
place-ended-note = 過去的紀錄都留在這裡。現在請看：
place-history = 沿革
place-versions = 名稱和歸屬的變化
place-version-from = 起始
place-version-reason = 原因
place-from = 由這些地點而來
place-to = 從這裡分出
place-ledger = 台帳裡的紀錄
place-reason-added = 登記
place-reason-imported = 隨區劃代碼匯入
place-reason-renamed = 改名或換代碼
place-reason-moved = 劃歸別處
place-reason-split = 拆分
place-reason-merged = 合併

# Entries of the ledger
entry-places-imported = 匯入了一批區劃代碼
entry-place-renamed = 一個地點改了名稱或代碼
entry-place-moved = 一個地點劃歸別處
entry-place-split = 一個地點拆分了
entry-places-merged = 幾個地點合併了
entry-place-alias-added = 一個地點加了別名

# Refusals
refusal-place-closed = 「{ $place }」已經撤銷，不能再改。
refusal-level-not-below = 層級不對：只能放在更高一級的地點下面。
refusal-inside-itself = 「{ $place }」不能放到自己下面。
refusal-day-before-version = 日期早於現在這一版的起始日 { $day }。
refusal-children-left = 下面還有 { $left } 個地點沒有分到各部分，請先分好。
refusal-not-below = 有的地點不在「{ $place }」下面。
refusal-not-siblings = 只有同一級、同屬一處的地點才能合併。
refusal-outside-your-place = 檔案裡有不歸您管的地點，沒有寫入。
refusal-file-unreadable = 檔案讀不出來，請重新上傳。
refusal-file-too-long = 檔案太大，最多 200 MB。
refusal-file-too-many-rows = 列數太多，最多一百萬列。
refusal-file-no-column = 表頭缺欄，要有 code、level、name、parent 四欄。
refusal-file-not-csv = 這不是 CSV 檔案。

# Fields and rows
field-day-to-come = 這一天還沒到。
field-code-taken = 這個代碼已經有地點在用。
field-too-many-parts = 最多分成 20 個，只能有一個沿用原地點。
field-level-does-not-fit = 層級和代碼的位數對不上。
field-level-changed = 層級和已登記的不一樣。
field-unknown-level = 沒有這個層級。
field-code-twice = 這個代碼前面已經出現過。
field-name-too-long = 名稱太長，最多 80 個字。
field-parent-not-above = 上級代碼和本級代碼對不上。
field-unknown-parent = 檔案裡和系統裡都沒有這個上級。
field-outside-your-place = 這個地點不歸您管。
field-too-few-cells = 這一列缺欄。
field-not-utf8 = 這一列不是 UTF-8 編碼，請另存為 UTF-8。
