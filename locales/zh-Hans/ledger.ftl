# What the log is
ledger-title = 台账
ledger-lead = 这里按先后顺序记着发生过的每一件事，只能往后加，不能改，也不能删。
ledger-what-title = 为什么可以相信它
ledger-what = 每条记录都有指纹，所有指纹合成一个总指纹。改动任何一条，总指纹就对不上，谁都看得出来。
ledger-privacy = 公开的部分没有个人信息。
ledger-empty = 还没有记录

# Checkpoints and entries
ledger-size = 记录条数
ledger-checkpoint = 检查点
ledger-checkpoint-explain = 检查点写着记录有多少条、总指纹是什么，并有签名。把它抄下来，以后就能证明台账没有被改过。
ledger-root = 总指纹
ledger-origin = 台账名称
ledger-key = 签名公钥
ledger-entries = 最近的记录
ledger-entry = 第 { $n } 条记录
ledger-entry-number = 序号
ledger-entry-kind = 发生了什么
ledger-entry-subject = 关于
ledger-entry-when = 时间
ledger-entry-content = 记录内容
ledger-proof-title = 这一条确实在台账里
ledger-proof-explain = 从这条记录的指纹开始，依次和下面的 { $n } 个指纹合算，就得到检查点里的总指纹。
ledger-leaf = 这条记录的指纹

# Checking at home
ledger-verify-title = 在家自己核对
ledger-verify-lead = 不用相信我们，也不用联网，一台普通电脑就够了。
ledger-verify-step-download = 下载公开数据包。
ledger-verify-step-run = 在电脑上运行下面这条命令。
ledger-verify-step-compare = 它会重算每个指纹和每次投票结果，哪怕改动一个字节也会指出来。
ledger-verify-step-witness = 把总指纹和邻居手里的比一比，应该一模一样。
ledger-download = 下载公开数据包

# What an entry tells: its kind after "entry-"
entry-place-added = 登记了一个地点
entry-person-registered = 登记了一位成员
entry-season-opened = 开始了一个项目季
entry-idea-posted = 收到一个点子
entry-project-added = 列入了一个项目
entry-roll-enrolled = 投票名册增加了一批人
entry-roll-marked = 名册上记下有人投了票
entry-vote-opened = 投票开始
entry-ballot-cast = 投下一张选票
entry-vote-closed = 投票截止
entry-verdict-published = 公布了结果
entry-other = 其他记录
