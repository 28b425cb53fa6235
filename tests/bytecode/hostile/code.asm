; Operands, results, registers.
; case value register out of range: E0606 names a value register
block values=1
  LoadConstant v1 =1
  ReturnValue v0
; case truth register out of range: E0606 names a truth register
block truths=1
  AndBegin t1
  ReturnTruth t0
; case binder out of range: E0606 names a binder
block values=1 truths=1
  LoadConstant v0 =[]
  CountValue b0 v0 @e
  s: TruthConstant !1 t0
  CountNext b0 t0 @s
  e: ReturnValue v0
; case argument list out of range: E0606 names a value register
block values=2
  LoadConstant v0 =1
  LoadConstant v1 =1
  MakeList v0 v1 *2
  ReturnValue v0
; case unknown flag: E0606 sets an unknown flag
block truths=1
  TruthConstant !2 t0
  ReturnTruth t0
; case unknown load flag: E0606 sets an unknown flag
field kind=Raw name="x"
block values=1
  LoadField !2 v0 f0
  ReturnValue v0
; case level zero: E0606 names an impossible level
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: LoadElement ^0 v0 b0
  TruthConstant t0
  CountNext b0 t0 @s
  e: ReturnValue v0
; case record without value: E0606 takes a key without a value
block values=1
  LoadConstant v0 ="k"
  MakeRecord v0 v0 *1
  ReturnValue v0
; case lazy function called: E0606 calls `if`
block values=3
  LoadConstant v0 =true
  LoadConstant v1 =1
  LoadConstant v2 =2
  Call v0 v0 *3 if
  ReturnValue v0
; case special function called: E0606 calls `field`
block values=1
  LoadConstant v0 ="name"
  Call v0 v0 *1 field
  ReturnValue v0
; case too few arguments: E0606 wrong number of arguments
block values=1
  LoadConstant v0 =1
  Call v0 v0 *1 add
  ReturnValue v0
; case too many arguments: E0606 wrong number of arguments
block values=2
  LoadConstant v0 ="a"
  LoadConstant v1 ="a"
  Call v0 v0 *2 toLower
  ReturnValue v0
; case constant out of range: E0605 points outside a table
block values=1
  LoadConstant v0 c0
  ReturnValue v0
; case parameter out of range: E0605 points outside a table
block values=1
  LoadParameter v0 p0
  ReturnValue v0
; case field out of range: E0605 points outside a table
block values=1
  LoadField v0 f9
  ReturnValue v0
; case test out of range: E0605 points outside a table
block truths=1
  RunTest t0 test0
  ReturnTruth t0
; case value read before written: E0608 reads value 1
block values=2
  LoadConstant v0 =1
  Move v0 v1
  ReturnValue v0
; case value written on one way only: E0608 reads value 1
block values=2
  LoadConstant v0 =true
  BranchBoolean v0 @f @f
  LoadConstant v1 =1
  f: ReturnValue v1
; case truth read before written: E0608 reads truth 0
block truths=1
  Not t0
  ReturnTruth t0
; case truth read after a jump around it: E0608 reads truth 1
block truths=2
  AndBegin t0
  TruthConstant t0
  And t0 t0 @end
  TruthConstant t1
  end: ReturnTruth t1
; case argument list partly written: E0608 reads value 1
block values=2
  LoadConstant v0 =1
  MakeList v0 v0 *2
  ReturnValue v0
; case both place read before written: E0608 reads value 0
block values=2
  LoadConstant v1 =true
  AndBoolean v0 v1 @e
  e: ReturnValue v0
; case written only inside a loop: E0608 reads value 1
block values=2 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: LoadElement ^1 v1 b0
  TruthConstant t0
  CountNext b0 t0 @s
  e: ReturnValue v1
; case falls off the end: E0610 ends its block without a result
block values=1
  LoadConstant v0 =1
; case two kinds of result: E0610 returns another kind than before
block values=1 truths=1
  LoadConstant v0 =true
  BranchBoolean v0 @f @f
  ReturnValue v0
  f: AndBegin t0
  ReturnTruth t0
; case test returns a value: E0610 does not return a truth
test block=0
block values=1
  LoadConstant v0 =1
  ReturnValue v0
; case message returns a truth: E0610 does not return a value
violation condition=0 message=0
block truths=1
  AndBegin t0
  ReturnTruth t0
; case relation condition returns a value: E0610 does not return a truth
relation condition=0
block values=1
  LoadConstant v0 =1
  ReturnValue v0
; case test runs itself: E0611 test 0 runs test 0
test block=0
block truths=1
  RunTest t0 test0
  ReturnTruth t0
; case tests run each other: E0611 test 0 runs test 1
test block=0
test block=1
block truths=1
  RunTest t0 test1
  ReturnTruth t0
block truths=1
  RunTest t0 test0
  ReturnTruth t0
; case two tests in one block: E0604 two shared tests are one block
test block=0
test block=0
block truths=1
  AndBegin t0
  ReturnTruth t0
