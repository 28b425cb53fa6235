; Jumps, iterations, binders.
; case backward jump: E0607 does not jump forward
block truths=1
  s: AndBegin t0
  Jump @s
  ReturnTruth t0
; case jump to itself: E0607 does not jump forward
block truths=1
  s: Jump @s
  ReturnTruth t0
; case jump out of the block: E0607 does not jump forward
block truths=1
  AndBegin t0
  Jump @3
  ReturnTruth t0
; case second target of a branch backwards: E0607 does not jump forward
block values=1
  s: LoadConstant v0 =true
  BranchBoolean v0 @s @e
  e: ReturnValue v0
; case jump into a loop: E0607 jumps into or out of an iteration
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  JumpIfPresent v0 @in
  CountValue b0 v0 @e
  s: TruthConstant t0
  in: TruthConstant t0
  CountNext b0 t0 @s
  e: ReturnValue v0
; case jump out of a loop: E0607 jumps into or out of an iteration
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  JumpIfPresent v0 @e
  CountNext b0 t0 @s
  e: ReturnValue v0
; case jump into an inner loop: E0607 jumps into or out of an iteration
block values=1 truths=1 binders=2
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  JumpIfPresent v0 @in
  CountValue b1 v0 @f
  u: TruthConstant t0
  in: CountNext b1 t0 @u
  f: CountNext b0 t0 @s
  e: ReturnValue v0
; case end without a start: E0609 ends no iteration
block truths=1 binders=1
  s: AndBegin t0
  CountNext b0 t0 @s
  ReturnTruth t0
; case start without an end: E0609 has no matching end
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  TruthConstant t0
  e: ReturnValue v0
; case another binder at the end: E0609 has no matching end
block values=1 truths=1 binders=2
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  CountNext b1 t0 @s
  e: ReturnValue v0
; case end goes back too far: E0609 has no matching end
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  s: CountValue b0 v0 @e
  TruthConstant t0
  CountNext b0 t0 @s
  e: ReturnValue v0
; case loop reaches behind its end: E0609 has no matching end
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  CountNext b0 t0 @s
  TruthConstant t0
  e: ReturnValue v0
; case loop target outside the block: E0609 does not reach behind its iteration
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @99
  ReturnValue v0
; case loops that cross: E0609 overlaps another iteration
block values=1 truths=1 binders=2
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  CountValue b1 v0 @f
  u: TruthConstant t0
  CountNext b0 t0 @s
  e: CountNext b1 t0 @u
  f: ReturnValue v0
; case binder in use: E0609 binds a binder that is in use
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  CountValue b0 v0 @f
  u: TruthConstant t0
  CountNext b0 t0 @u
  f: CountNext b0 t0 @s
  e: ReturnValue v0
; case element outside its loop: E0609 outside the iteration that binds it
block values=1 binders=1
  LoadElement ^1 v0 b0
  ReturnValue v0
; case element after its loop: E0609 outside the iteration that binds it
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  CountNext b0 t0 @s
  e: LoadElement ^1 v0 b0
  ReturnValue v0
; case level that a value count lacks: E0609 of a level that the iteration does not have
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: LoadElement ^2 v0 b0
  TruthConstant t0
  CountNext b0 t0 @s
  e: ReturnValue v0
; case level that a field count lacks: E0609 of a level that the iteration does not have
path steps="a[*]"
field kind=Raw name="a" paths=0+1
block values=1 truths=1 binders=1
  CountField b0 f0 @e
  s: LoadConstant v0 =1
  TestBound equals t0 v0 b0 f0 ^2
  CountNext b0 t0 @s
  e: TruthConstant t0
  ReturnTruth t0
; case count before its loop: E0609 reads the count of an unfinished iteration
block values=1 truths=1 binders=1
  LoadCount v0 b0
  ReturnValue v0
; case count inside its loop: E0609 reads the count of an unfinished iteration
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TestCount equals t0 v0 b0
  CountNext b0 t0 @s
  e: ReturnValue v0
; case count of a loop on one way only: E0609 reads the count of an unfinished iteration
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  JumpIfPresent v0 @x
  CountValue b0 v0 @e
  s: TruthConstant t0
  CountNext b0 t0 @s
  e: TruthConstant t0
  x: LoadCount v0 b0
  ReturnValue v0
; case return inside a loop: E0609 returns from inside an iteration
block values=1 truths=1 binders=1
  LoadConstant v0 =[1]
  CountValue b0 v0 @e
  s: TruthConstant t0
  ReturnValue v0
  CountNext b0 t0 @s
  e: ReturnValue v0
