# Owners' consent on the command line
consent-passed = 结果：通过
consent-failed = 结果：没有通过
consent-item = 事项：{ $item }
consent-item-rules = 制定、修改业主大会议事规则
consent-item-covenant = 制定、修改管理规约
consent-item-elect-committee = 选举业主委员会或者更换委员
consent-item-hire-firm = 选聘、解聘物业服务企业
consent-item-use-fund = 使用维修资金
consent-item-raise-fund = 筹集维修资金
consent-item-rebuild = 改建、重建
consent-item-change-use = 改变共有部分用途，或者用来经营
consent-item-other = 其他重大事项
consent-rule = 规则：{ $rule }，按 { $on } 这一天的法律
consent-source = 依据：{ $source }
consent-asked = 有权表决：{ $units } 套，{ $area } 平方米，业主 { $heads } 人
consent-scope = 只算这些楼栋：{ $buildings }

# Why
consent-reason-passed = 参与的业主够了，其中同意的也够了，面积和人数都达到。
consent-reason-passed-of-all = 同意的业主够了，面积和人数都达到。
consent-reason-participation-area-short = 参与表决的面积不够：一共 { $of } 平方米，参与的 { $part } 平方米，还差 { $missing } 平方米。
consent-reason-participation-heads-short = 参与表决的人数不够：一共 { $of } 人，参与的 { $part } 人，还差 { $missing } 人。
consent-reason-approval-area-short = 同意的面积不够：参与的有 { $of } 平方米，同意的 { $part } 平方米，其中还差 { $missing } 平方米。
consent-reason-approval-heads-short = 同意的人数不够：参与的有 { $of } 人，同意的 { $part } 人，其中还差 { $missing } 人。
consent-reason-approval-area-short-of-all = 同意的面积不够：全体 { $of } 平方米，同意的 { $part } 平方米，还差 { $missing } 平方米。
consent-reason-approval-heads-short-of-all = 同意的人数不够：全体 { $of } 人，同意的 { $part } 人，还差 { $missing } 人。

# The gates, to be followed with pencil and paper
consent-gates = 一项一项算：
consent-gate-participation-area = 参与的面积 { $part } 平方米，全体 { $of } 平方米。
consent-gate-participation-heads = 参与的业主 { $part } 人，全体 { $of } 人。
consent-gate-approval-area = 同意的面积 { $part } 平方米，参与的 { $of } 平方米。
consent-gate-approval-heads = 同意的业主 { $part } 人，参与的 { $of } 人。
consent-gate-approval-area-of-all = 同意的面积 { $part } 平方米，全体 { $of } 平方米。
consent-gate-approval-heads-of-all = 同意的业主 { $part } 人，全体 { $of } 人。
consent-check-at-least-met = 要达到 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的不小于后面的，达到。
consent-check-at-least-short = 要达到 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的小于后面的，没有达到。
consent-check-more-met = 要超过 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的大于后面的，达到。
consent-check-more-short = 要超过 { $num }/{ $den }：{ $part } × { $den } = { $left }，{ $of } × { $num } = { $right }，前面的不大于后面的，没有达到。
consent-no-participation = 当时的法律只看全体业主里有多少同意，参与的多少不影响结果。

# What was cast
consent-cast = 投了什么：
consent-cast-agree = 同意：{ $units } 套，{ $area } 平方米，{ $heads } 人
consent-cast-disagree = 不同意：{ $units } 套，{ $area } 平方米，{ $heads } 人
consent-cast-abstain = 弃权：{ $units } 套，{ $area } 平方米，{ $heads } 人
consent-cast-invalid = 无效：{ $units } 套，{ $area } 平方米，{ $heads } 人
consent-cast-mixed = 有几套、意见不一致的业主：{ $heads } 人，算参与，不算同意
consent-cast-silent = 没有投：{ $units } 套，{ $area } 平方米，{ $heads } 人
consent-buildings = 各楼栋：
consent-building = { $building }：参与 { $part } 平方米（{ $share }）、{ $heads } 人，同意 { $agree } 平方米、{ $agreed } 人，全楼 { $area } 平方米、{ $all } 人

# What somebody should look at
consent-notes = 请核对（{ $n } 处）：
consent-notes-more = 还有 { $n } 处，用 --json 看。
consent-note-contradicting = { $unit }：几张票意见不同，合起来算一张无效票
consent-note-repeated = { $unit }：几张票意见相同，只算一张
consent-note-owner-missing = { $unit }：已售但没写业主，单独算一人
consent-note-developer-among-owners = { $unit }：业主和未售房屋的单位同名，另算一人
consent-note-not-on-roll = { $unit }（第 { $line } 行）：名册里没有，不计票
consent-note-channel-not-allowed = { $unit }（第 { $line } 行）：规则不认这种投票方式，不计票
consent-note-without-instruction = { $unit }（第 { $line } 行）：代理人没有书面委托，不计票

# What is posted
consent-sheet = 公示表（只写房号和面积）：
consent-sheet-floor = { $building }，楼层 { $floor }
consent-sheet-agree = { $unit }　{ $area } 平方米　同意
consent-sheet-disagree = { $unit }　{ $area } 平方米　不同意
consent-sheet-abstain = { $unit }　{ $area } 平方米　弃权
consent-sheet-invalid = { $unit }　{ $area } 平方米　无效
consent-sheet-silent = { $unit }　{ $area } 平方米　没有投
