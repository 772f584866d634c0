
refusal-key-taken = 没有投成，请再投一次。
refusal-no-such-ballot = 这个改票链接打不开选票。可能抄漏了字，也可能投票已经结束。
refusal-vote-yourself = 投票要本人来投，不能代投。请先换回您自己。
refusal-not-a-resident = 居民名册上还没有您，请带证件到居委会登记，或者用信上的编号投票。
entry-roll-letters-printed = 打印了投票信
