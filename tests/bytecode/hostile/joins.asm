; Joins and the conditions over them.
; case join out of range: E0605 points outside
block values=1
  LoadJoin v0 join0
  ReturnValue v0
; case type of a join: E0604 is not folded
string "A.B/c"
join type="A.B/c"
; case named group without a group: E0604 do not agree
join place=NamedResourceGroup
; case group without its place: E0604 do not agree
block values=1
  LoadConstant v0 ="g"
  ReturnValue v0
join group=0
; case both sides are lists: E0604 both sides
block values=1
  LoadConstant v0 =[]
  ReturnValue v0
join_key inner=0 outer=0 inner_list outer_list
join keys=0+1
; case a filter that is a value: E0610 does not return a truth
block values=1
  LoadConstant v0 ="g"
  ReturnValue v0
join filter=0
; case a condition without a block: E0604 lacks a block
block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
join_term kind=Condition
control applicable=0 terms=0+1
; case a comparison without a side: E0604 lacks a side
block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
join_term kind=Compare
control applicable=0 terms=0+1
; case a join of another control: E0604 of another control
block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
block values=1
  LoadConstant v0 =1
  ReturnValue v0
join
join_term kind=Compare right=1 join=0
control applicable=0 terms=0+1
; case not of nothing: E0604 negates nothing
block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
join_term kind=Not
control applicable=0 terms=0+1
; case too few operands: E0604 lacks operands
block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
join_term kind=Condition condition=0
join_term kind=All count=2
control applicable=0 terms=0+2
; case two truths: E0604 one truth
block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
join_term kind=Condition condition=0
join_term kind=Condition condition=0
violation condition=0 terms=0+2
control applicable=0 violations=0+1
