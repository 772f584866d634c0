# The board
notices-title = 公示
notices-lead = 要让大家知道的事，都贴在这里。有不同意见，公示期内都可以提。
notices-tab-now = 正在公示
notices-tab-past = 公示过的
notices-tab-drafts = 草稿
notices-none = 这里还没有公示
notices-none-hint = 有新的公示，会贴在这里。
notices-feed = 订阅公示（Atom）

# One notice
notice-state-draft = 草稿
notice-state-posted = 公示中
notice-state-ended = 已期满
notice-state-withdrawn = 已撤回
notice-days-title = 公示多久
notice-law = 依据
notice-days = 公示期
notice-counted-days = { $n } 天
notice-counted-days-to-workday = { $n } 天，最后一天放假就顺延到下一个工作日
notice-counted-workdays = { $n } 个工作日
notice-least = 至少 { $n } 天
notice-from = 贴出
notice-until = 最后一天
notice-until-day = 公示到 { $day }
notice-closed-ended = 结束
notice-closed-withdrawn = 撤回
notice-counting = 贴出当天不算，从第二天数起；最后一天整天都算（《民法典》第二百零一条、第二百零三条）。
notice-was-withdrawn = 这份公示已经撤回
notice-was-corrected = 内容更正过，公示期从更正那天重新算
notice-versions = 更正前后
notice-version = 第 { $n } 版，{ $from }至{ $until }
notice-proof-title = 自己查证
notice-proof = 什么时候贴的、改过没有、谁都没法悄悄动，台账里都有记录。
notice-proof-link = 台账里的记录
notice-verdict-link = 期满裁定
notice-api = 数据（JSON）
notice-subject-link = 公示的是什么
notice-share =
    【公示】{ $title }
    { $place }，公示到{ $until }。有不同意见，点开链接就能提。

# Kinds
notice-kind-residents-affairs = 居务公开
notice-kind-residents-meeting = 居民会议通知
notice-kind-roll = 名册公示
notice-kind-owners-meeting = 业主大会会议通知
notice-kind-owners-decision = 业主共同决定
notice-kind-property-committee-meeting = 物管会会议通知
notice-kind-deliberation = 议事预告
notice-kind-minutes = 议事纪要
notice-kind-grant-approval = 资助名单
notice-kind-accounts = 账目公开
notice-kind-other = 其他

# Which rule demands it
law-organic-34 = 《城市居民委员会组织法》第三十四条
law-organic-26 = 《城市居民委员会组织法》第二十六条
law-organic-17 = 《城市居民委员会组织法》第十七条至第十九条
law-beijing-property-35 = 《北京市物业管理条例》第三十五条
law-beijing-property-37 = 《北京市物业管理条例》第三十七条
law-beijing-property-58 = 《北京市物业管理条例》第五十八条
law-house = 本平台的默认规则（法律没有写明天数）

# Keeping a notice
notice-new = 写公示
notice-new-lead = 写清楚是什么事、谁定的、有意见怎么提。贴出去以后再改，公示期要重新算。
notice-field-kind = 类别
notice-field-kind-hint = 类别决定至少要公示几天。
notice-field-title = 标题
notice-field-body = 内容
notice-field-body-hint = 不要写手机号、身份证号和住址。
notice-field-days = 公示几天
notice-field-days-hint = 不填就按规定的最少天数。
notice-field-why = 为什么更正
notice-field-why-hint = 大家都看得到。
notice-field-reason = 为什么撤回
notice-field-reason-hint = 大家都看得到。
notice-keep-title = 办理
notice-keep-draft = 先存草稿
notice-post = 贴出去
notice-correct = 更正内容
notice-correct-restarts = 更正后公示期从今天重新算，原来的内容大家还能看到。
notice-end = 结束公示
notice-end-later = 公示期满以后才能结束。
notice-withdraw = 撤回公示
notice-owes-correction = 有 { $n } 条异议成立，要先更正才能结束。
notice-done-object = 您的意见收到了，会有人回复。
notice-done-answer = 已经回复。
notice-done-post = 已经贴出去了。
notice-done-correct = 已经更正，公示期从今天重新算。
notice-done-end = 公示结束了。
notice-done-withdraw = 已经撤回。

# Objections
objections-title = 异议 { $n } 条
objections-none = 还没有人提出异议。
objection-form-title = 我有不同意见
objection-until = { $day }当天结束前都可以提。
objection-field-words = 哪里不对
objection-field-words-hint = 只有您和负责回复的人看得到。
objection-field-shown-as = 公开时怎么称呼您
objection-field-shown-as-hint = 不填就写“一位居民”。
objection-privacy = 异议的内容和您的身份不公开，公开的是条数和回复。
objection-send = 提交
objection-sign-in = 登录后提出
objection-at-the-desk = 不会上网也可以到社区服务台，由工作人员代录。
objection-by-resident = 一位居民
objection-yours = 这是您提的。
objection-due = 最晚回复
objection-state-open = 等待回复
objection-state-answered = 已答复
objection-state-upheld = 异议成立
objection-state-rejected = 异议不成立
objection-answer = 回复
objection-answer-title = 回复
objection-field-outcome = 结论
objection-as-upheld = 成立，公示要更正
objection-as-rejected = 不成立，理由写在下面
objection-as-answered = 是询问或别的事，解答就行
objection-field-answer = 回复内容
objection-field-answer-hint = 大家都看得到，不要写出提意见的人。
objection-in-conflict = 提意见的人和发公示的人不能回复，请别的同事来。
objection-corrected-in = 已在第 { $n } 版更正。

# What was refused
refusal-notice-not-found = 没有这份公示。
refusal-objection-not-found = 没有这条异议。
refusal-notice-wrong-state = 这份公示现在不能这样办：它可能还没贴出、已经结束或者已经撤回。
refusal-notice-too-short = 这类公示至少要 { $least } 天，您填的是 { $days } 天。
refusal-notice-kind-ended = 这一类公示现在已经不用了，请换一个类别。
refusal-notice-still-running = 公示到 { $day } 当天结束，第二天起才能结束公示。
refusal-objections-open = 还有 { $n } 条异议没有回复，先回复再结束。
refusal-correction-owed = 有 { $n } 条异议成立，先更正公示再结束。
refusal-objections-closed = 提意见的期限到 { $day } 为止，已经过了。
refusal-objection-answered = 这条异议已经有人回复了。
refusal-too-many-objections = 这份公示的异议已经到了上限：{ $limit } 条。请联系社区工作人员。
refusal-too-many-corrections = 更正太多次了，最多 { $limit } 版。请撤回后重新发。
refusal-nothing-changed = 内容和原来一样，没有更正。

# Entries of the log
entry-notice-drafted = 写了一份公示草稿
entry-notice-posted = 贴出了公示
entry-notice-corrected = 更正了公示，期限重新算
entry-notice-ended = 公示期满结束
entry-notice-withdrawn = 撤回了公示
entry-objection-made = 有人提出异议
entry-objection-answered = 异议有了回复
objection-owed-by = 由{ $holder }回复
objection-owed-by-nobody = 还没有人负责回复
notice-whole-list = 看完整名单，每个项目都有理由
notice-whole-results = 看每个项目的评估结果和现在的进度
notice-kind-owners-meeting-by-rules = 业主大会会议通知（按当地规则）
law-owners-rules = 这次表决所依据的规则，写在公示里
