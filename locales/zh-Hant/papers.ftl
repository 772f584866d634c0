
papers-waiting = 這些票還沒有錄完
papers-waiting-note = 錄完以前不能截止投票。
papers-waiting-one = 編號 { $number }
paper-needs-second = 一個人錄過了，請換一個人看著票再錄一遍。
paper-needs-third = 兩個人錄的不一樣，請沒錄過它的第三個人看著票再錄一遍，和其中一個一樣就定下來。
paper-read-again = 再錄一遍
paper-discard-title = 這張票錄不了第二遍
paper-discard-note = 取消以後，這個編號回到沒錄過的樣子，什麼也不算；以後找到票，還可以重新錄。公開紀錄裡會寫明取消了一張和原因，不寫編號。
paper-why-wrong-number = 編號錄錯了，錄的其實是另一張票
paper-why-missing = 這張票找不到了
paper-discarded = 取消了，公開紀錄裡記下了原因。
entry-paper-discarded = 取消了一張紙質票的錄入
