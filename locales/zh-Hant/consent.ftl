# Owners' consent on the command line
consent-passed = 結果：通過
consent-failed = 結果：沒有通過
consent-item = 事項：{ $item }
consent-item-rules = 制定、修改業主大會議事規則
consent-item-covenant = 制定、修改管理規約
consent-item-elect-committee = 選舉業主委員會或者更換委員
consent-item-hire-firm = 選聘、解聘物業服務企業
consent-item-use-fund = 使用維修資金
consent-item-raise-fund = 籌集維修資金
consent-item-rebuild = 改建、重建
consent-item-change-use = 改變共有部分用途，或者用來經營
consent-item-other = 其他重大事項
consent-rule = 規則：{ $rule }，按 { $on } 這一天的法律
consent-source = 依據：{ $source }
consent-asked = 有權表決：{ $units } 套，{ $area } 平方公尺，業主 { $heads } 人
consent-scope = 只算這些樓棟：{ $buildings }

# Why
consent-reason-passed = 參與的業主夠了，其中同意的也夠了，面積和人數都達到。
consent-reason-passed-of-all = 同意的業主夠了，面積和人數都達到。
consent-reason-participation-area-short = 參與表決的面積不夠：一共 { $of } 平方公尺，參與的 { $part } 平方公尺，還差 { $missing } 平方公尺。
consent-reason-participation-heads-short = 參與表決的人數不夠：一共 { $of } 人，參與的 { $part } 人，還差 { $missing } 人。
consent-reason-approval-area-short = 同意的面積不夠：參與的有 { $of } 平方公尺，同意的 { $part } 平方公尺，其中還差 { $missing } 平方公尺。
consent-reason-approval-heads-short = 同意的人數不夠：參與的有 { $of } 人，同意的 { $part } 人，其中還差 { $missing } 人。
consent-reason-approval-area-short-of-all = 同意的面積不夠：全體 { $of } 平方公尺，同意的 { $part } 平方公尺，還差 { $missing } 平方公尺。
consent-reason-approval-heads-short-of-all = 同意的人數不夠：全體 { $of } 人，同意的 { $part } 人，還差 { $missing } 人。

# The gates, to be followed with pencil and paper
consent-gates = 一項一項算：
consent-gate-participation-area = 參與的面積 { $part } 平方公尺，全體 { $of } 平方公尺。
consent-gate-participation-heads = 參與的業主 { $part } 人，全體 { $of } 人。
consent-gate-approval-area = 同意的面積 { $part } 平方公尺，參與的 { $of } 平方公尺。
consent-gate-approval-heads = 同意的業主 { $part } 人，參與的 { $of } 人。
consent-gate-approval-area-of-all = 同意的面積 { $part } 平方公尺，全體 { $of } 平方公尺。
consent-gate-approval-heads-of-all = 同意的業主 { $part } 人，全體 { $of } 人。
consent-check-at-least-met = 要達到 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的不小於後面的，達到。
consent-check-at-least-short = 要達到 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的小於後面的，沒有達到。
consent-check-more-met = 要超過 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的大於後面的，達到。
consent-check-more-short = 要超過 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的不大於後面的，沒有達到。
consent-no-participation = 當時的法律只看全體業主裡有多少同意，參與的多少不影響結果。

# What was cast
consent-cast = 投了什麼：
consent-cast-agree = 同意：{ $units } 套，{ $area } 平方公尺，{ $heads } 人
consent-cast-disagree = 不同意：{ $units } 套，{ $area } 平方公尺，{ $heads } 人
consent-cast-abstain = 棄權：{ $units } 套，{ $area } 平方公尺，{ $heads } 人
consent-cast-invalid = 無效：{ $units } 套，{ $area } 平方公尺，{ $heads } 人
consent-cast-mixed = 有幾套、意見不一致的業主：{ $heads } 人，算參與，不算同意
consent-cast-silent = 沒有投：{ $units } 套，{ $area } 平方公尺，{ $heads } 人
consent-buildings = 各樓棟：
consent-building = { $building }：參與 { $part } 平方公尺（{ $share }）、{ $heads } 人，同意 { $agree } 平方公尺、{ $agreed } 人，全樓 { $area } 平方公尺、{ $all } 人

# What somebody should look at
consent-notes = 請核對（{ $n } 處）：
consent-notes-more = 還有 { $n } 處，用 --json 看。
consent-note-contradicting = { $unit }：幾張票意見不同，合起來算一張無效票
consent-note-repeated = { $unit }：幾張票意見相同，只算一張
consent-note-owner-missing = { $unit }：已售但沒寫業主，單獨算一人
consent-note-developer-among-owners = { $unit }：業主和未售房屋的單位同名，另算一人
consent-note-not-on-roll = { $unit }（第 { $line } 行）：名冊裡沒有，不計票
consent-note-channel-not-allowed = { $unit }（第 { $line } 行）：規則不認這種投票方式，不計票
consent-note-without-instruction = { $unit }（第 { $line } 行）：代理人沒有書面委託，不計票

# What is posted
consent-sheet = 公示表（只寫房號和面積）：
consent-sheet-floor = { $building }，樓層 { $floor }
consent-sheet-agree = { $unit }　{ $area } 平方公尺　同意
consent-sheet-disagree = { $unit }　{ $area } 平方公尺　不同意
consent-sheet-abstain = { $unit }　{ $area } 平方公尺　棄權
consent-sheet-invalid = { $unit }　{ $area } 平方公尺　無效
consent-sheet-silent = { $unit }　{ $area } 平方公尺　沒有投
