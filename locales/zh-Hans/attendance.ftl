# Figures
attendance-title = 参与情况
attendance-lead = 来了多少人次、多少人，都从签到记录里数出来，不是填上去的。
attendance-counting = 人次是签到的次数，人是不同的人，两个数不能相加。估计的数另列，写明依据，不算进人数。
attendance-events = 活动场次
attendance-visits = 签到人次
attendance-persons = 不同的人
attendance-unnamed = 另有 { $n } 人次没有登记到人
attendance-estimated-direct = 估计直接服务
attendance-estimated-indirect = 估计间接带动
attendance-from = 从
attendance-until = 到

# Rows
attendance-rows-visits = 签到记录
attendance-rows-estimates = 估计的依据
attendance-none = 这段时间没有记录
attendance-caption = 每一行是一个人来一次
attendance-column-day = 日期
attendance-column-event = 活动
attendance-column-who = 谁
attendance-column-way = 怎么登记的
attendance-column-heads = 人次
attendance-estimate = 估计
attendance-person = 一位登记过的居民
attendance-person-ending = 登记居民，编号末四位 { $end }
attendance-nobody-known = 没有登记到人
attendance-way-web = 网上登记
attendance-way-qr = 扫码
attendance-way-paper = 纸质签到表
attendance-way-list = 名单
attendance-way-counter = 服务台
attendance-way-phone = 电话
attendance-way-visit = 上门
attendance-way-import = 历史数据
attendance-event-title = 活动签到
attendance-strike = 划掉这一行
attendance-struck = 已划掉：
attendance-field-reason = 为什么划掉
attendance-field-reason-hint = 划掉的不再计数，但记录还在。
field-in-the-future = 这一天还没到。
refusal-attendance-not-found = 没有这条签到。
refusal-attendance-struck = 这条签到已经划掉了。

# Entries of the log
entry-attendance-recorded = 有人签到
entry-attendance-listed = 录入了一张签到表
entry-attendance-estimated = 估计了参与人次
entry-attendance-struck = 划掉了一条签到
field-event-of-another-page = 这类场次有自己的页面，请到那里登记
