# The tree of places
place-label = 地点
place-all = 全部地点
place-choose = 请选择社区
place-code = 区划代码
place-code-local = （临时代码）
place-level-province = 省、直辖市
place-level-city = 市
place-level-district = 区、县
place-level-subdistrict = 街道、乡镇
place-level-community = 社区、村
place-level-estate = 小区
place-level-building = 楼
place-level-entrance = 单元
place-level-flat = 户

# Pages of places
places-title = 地点
places-lead = 从市、区、街道到社区、小区，一层一层往下找；也可以直接查名字。
places-none = 还没有登记地点
places-none-hint = 导入区划代码以后，地点会出现在这里。
place-search = 查地点
place-search-hint = 名字、拼音或首字母都行，比如“龙泽苑”“longzeyuan”“lzy”。
place-found = 找到 { $n } 个地点。
place-found-more = 还有更多。多写一两个字，或者在前面加上街道名，会更准。
place-none-found = 没有找到这个地点
place-none-found-hint = 换个写法试试，或者从市、区一层一层往下找。
place-below = 下面的地点
place-below-none = 下面没有再分。
place-former = 已经撤并的
place-ended = { $day } 起撤销
place-ended-note = 过去的记录都留在这里。现在请看：
place-history = 沿革
place-versions = 名称和归属的变化
place-version-from = 起始
place-version-reason = 原因
place-from = 由这些地点而来
place-to = 从这里分出
place-ledger = 台账里的记录
place-reason-added = 登记
place-reason-imported = 随区划代码导入
place-reason-renamed = 改名或换代码
place-reason-moved = 划归别处
place-reason-split = 拆分
place-reason-merged = 合并

# Entries of the ledger
entry-places-imported = 导入了一批区划代码
entry-place-renamed = 一个地点改了名称或代码
entry-place-moved = 一个地点划归别处
entry-place-split = 一个地点拆分了
entry-places-merged = 几个地点合并了
entry-place-alias-added = 一个地点加了别名

# Refusals
refusal-place-closed = “{ $place }”已经撤销，不能再改。
refusal-level-not-below = 层级不对：只能放在更高一级的地点下面。
refusal-inside-itself = “{ $place }”不能放到自己下面。
refusal-day-before-version = 日期早于现在这一版的起始日 { $day }。
refusal-children-left = 下面还有 { $left } 个地点没有分到各部分，请先分好。
refusal-not-below = 有的地点不在“{ $place }”下面。
refusal-not-siblings = 只有同一级、同属一处的地点才能合并。
refusal-outside-your-place = 文件里有不归您管的地点，没有写入。
refusal-file-unreadable = 文件读不出来，请重新上传。
refusal-file-too-long = 文件太大，最多 200 MB。
refusal-file-too-many-rows = 行数太多，最多一百万行。
refusal-file-no-column = 表头缺列，要有 code、level、name、parent 四列。
refusal-file-not-csv = 这不是 CSV 文件。

# Fields and rows
field-day-to-come = 这一天还没到。
field-code-taken = 这个代码已经有地点在用。
field-too-many-parts = 最多分成 20 个，只能有一个沿用原地点。
field-level-does-not-fit = 层级和代码的位数对不上。
field-level-changed = 层级和已登记的不一样。
field-unknown-level = 没有这个层级。
field-code-twice = 这个代码前面已经出现过。
field-name-too-long = 名称太长，最多 80 个字。
field-parent-not-above = 上级代码和本级代码对不上。
field-unknown-parent = 文件里和系统里都没有这个上级。
field-outside-your-place = 这个地点不归您管。
field-too-few-cells = 这一行缺列。
field-not-utf8 = 这一行不是 UTF-8 编码，请另存为 UTF-8。
