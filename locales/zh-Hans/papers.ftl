
papers-waiting = 这些票还没有录完
papers-waiting-note = 录完以前不能截止投票。
papers-waiting-one = 编号 { $number }
paper-needs-second = 一个人录过了，请换一个人看着票再录一遍。
paper-needs-third = 两个人录的不一样，请没录过它的第三个人看着票再录一遍，和其中一个一样就定下来。
paper-read-again = 再录一遍
paper-discard-title = 这张票录不了第二遍
paper-discard-note = 取消以后，这个编号回到没录过的样子，什么也不算；以后找到票，还可以重新录。公开记录里会写明取消了一张和原因，不写编号。
paper-why-wrong-number = 编号录错了，录的其实是另一张票
paper-why-missing = 这张票找不到了
paper-discarded = 取消了，公开记录里记下了原因。
entry-paper-discarded = 取消了一张纸质票的录入
