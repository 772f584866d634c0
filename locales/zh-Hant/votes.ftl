
refusal-key-taken = 沒有投成，請再投一次。
refusal-no-such-ballot = 這個改票連結打不開選票。可能抄漏了字，也可能投票已經結束。
refusal-vote-yourself = 投票要本人來投，不能代投。請先換回您自己。
refusal-not-a-resident = 居民名冊上還沒有您，請帶證件到居委會登記，或者用信上的編號投票。
entry-roll-letters-printed = 列印了投票信
