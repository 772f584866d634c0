# The register
verdicts-title = 裁定
verdicts-lead = 按哪条规则、用哪些数据、得出什么结果，都写在这里，谁都能自己再算一遍。
verdicts-none = 还没有裁定
verdicts-none-hint = 计票公布或公示期满以后，会列在这里。
verdict-field-kind = 类别
verdict-kind-season-result = 项目季投票结果
verdict-kind-notice-minimum = 公示期是否满足
verdict-passed = 通过
verdict-not-passed = 没有通过
verdict-decided = 已得出
verdict-rule-of = { $rule }（{ $set }）
verdict-outcome-title = 结果
verdict-parameters-title = 规则里的数
verdict-subject-title = 说的是哪件事
verdict-subject-link = 去看这件事
verdict-check-title = 自己算一遍
verdict-check-export = 导出台账，得到一个文件夹。
verdict-check-verify = 在自己的电脑上核对：每一条记录、每一个投票结果都会重新算。
verdict-check-compare = 把算出的结果和上面的比一比，输入数据的指纹也要一样。
verdict-entry-link = 台账里的这一条
verdict-ledger-link = 这件事的全部记录
verdict-api = 数据（JSON）

# Why
verdict-explained-notice-minimum-met = { $from }贴出，至少要 { $least } 天，实际定 { $days } 天，挂到{ $until }，{ $ended }结束。收到异议 { $objections } 条，都有回复。
verdict-explained-season-result = 按 { $ballots } 张选票计算，选出 { $winners } 个项目，一共 { $projects } 个。每个项目为什么入选或没入选，结果页上都有说明。

# Members of parameters and outcomes
verdict-member-kind = 类别
verdict-member-law = 依据
verdict-member-least = 至少天数
verdict-member-counted = 怎么数
verdict-member-from = 贴出
verdict-member-until = 最后一天
verdict-member-ended = 结束
verdict-member-days = 天数
verdict-member-version = 版次
verdict-member-objections = 异议
verdict-member-chosen = 入选项目
verdict-member-winners = 入选项目编号
verdict-member-budget = 预算（分）
verdict-member-total-cost = 入选项目总费用（分）
verdict-member-ballots = 选票
verdict-member-voters = 名册人数
verdict-member-increment = 递增单位（分）
verdict-member-max-choices = 每张票最多选

# What was refused, and the entry of the log
refusal-verdict-not-found = 没有这条裁定。
refusal-inputs-too-long = 依据的数据太长，最多 { $limit } 字节。
field-not-an-object = 这里要填一个 JSON 对象。
entry-verdict-recorded = 登记了一条裁定
verdict-member-apportionment-total = 分摊总额
verdict-member-apportionment-sum = 各户合计
verdict-member-apportionment-flats = 户数
verdict-member-apportionment-area = 面积合计
verdict-member-apportionment-developer = 开发单位承担
verdict-member-apportionment-rule = 零头怎么办
verdict-value-apportionment-total = { $money }
verdict-value-apportionment-sum = { $money }
verdict-value-apportionment-developer = { $money }
verdict-value-apportionment-area = { $hundredths } 平方米
verdict-value-apportionment-rule-largest = 零头最大的各加一分
verdict-value-apportionment-rule-one = 都归指定的一户
verdict-value-midterm-outcome-passed = 通过
verdict-value-midterm-outcome-failed = 不通过
verdict-value-midterm-outcome-rectify = 限期整改
