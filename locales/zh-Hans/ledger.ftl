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
ledger-proof-explain = 从这条记录的指纹开始，依次和凭证里的 { $n } 个指纹合算，就得到检查点里的总指纹。
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

# Looking at the log
ledger-about = 有关的记录
ledger-about-note = 这里只列出关于 { $subject } 的记录。选票和名册记号按随机编号混排，不列在内，可以凭编号查。
ledger-all = 看全部记录
ledger-no-day = 不记时间
ledger-find-title = 查一条记录
ledger-find-field = 记录或选票的编号
ledger-find-hint = 照回执上的抄，例如 7-0f3k… 。
ledger-find-go = 查一查
ledger-find-none-title = 没有找到
ledger-find-none = 台账里没有这个编号。请先核对有没有抄错。如果是刚投的票：投票期间选票封存着，截止以后才进入台账，那时再来查。
ledger-find-not-an-id = 这不像一个编号。编号是一个数字、一条短横线，后面跟 20 或 24 个字母和数字。
ledger-signed = 每次加进记录，检查点就重新签一次名（Ed25519）。
ledger-checkpoint-text = 检查点原文
ledger-file-checkpoint = 检查点文件
ledger-file-key = 公钥文件
ledger-file-proof = 下载这一条的凭证
ledger-tiles = 程序可以直接取：/checkpoint 和 /tile/…，格式是 C2SP tlog-tiles，别家写的核对工具也能用。
ledger-entry-open = 打开它说的那件事
ledger-entry-kind-code = 类别
ledger-entry-id = 编号
ledger-entry-commit = 未公开部分的指纹
ledger-exact = 记录原文
ledger-exact-note = 指纹就是从这些字节算出来的，一个字节都不能差。
ledger-proof-holds = 刚刚核对过：这一条在签过名的台账里。
ledger-proof-fails = 核对没有通过：这一条和签过名的总指纹对不上。请告诉社区工作人员。
ledger-proof-keep = 把凭证存下来，以后没有网络也能证明这一条一直在台账里。

# An entry in one sentence: its kind after "told-"
told-place-added = 登记了地点“{ $name }”。
told-season-opened = 项目季“{ $name }”开始征集点子。
told-idea-posted = 一位居民提了一个点子。
told-project-added = 列入第 { $n } 个项目：“{ $name }”。
told-roll-enrolled = 投票名册增加了 { $n } 人。
told-roll-marked = 名册上记下一个人投了票。
told-vote-opened = 投票开始，共有 { $n } 个项目可选。
told-ballot-cast = 一张选票，选了这些项目：{ $choices }。
told-ballot-empty = 一张空白选票。
told-vote-closed = 投票截止，选票的封存打开了。
told-verdict-published = 公布结果：{ $ballots } 张选票，选出 { $winners } 个项目。
