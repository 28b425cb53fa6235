; writ bundle, format 3
string[0] ""
string[1] "J-1"
string[2] "One"
string[3] "high"
string[4] "A.B/c"
string[5] "type"
string[6] "properties.size"
string[7] "properties"
string[8] "size"
string[9] "kind"
string[10] "J-2"
string[11] "Two"
string[12] "a.b/c"
constant[0] ="A.B/c"
constant[1] =5
constant[2] =false
constant[3] ="x*"
constant[4] ="size is "
test[0] block=0
test[1] block=2
test[2] block=3
step[0] name="type"
step[1] name="properties"
step[2] name="size"
step[3] name="kind"
path[0] steps=0+1
path[1] steps=1+2
path[2] steps=3+1
field[0] kind=Type name="type" paths=0+1
field[1] kind=Raw name="properties.size" paths=1+1
field[2] kind=Kind name="kind" paths=2+1
node[0] children=1+0
node[1] children=2+2
node[2] key="kind" children=4+0 slot=1 whole
node[3] key="properties" children=4+1
node[4] key="size" children=5+0 slot=0 whole
use[0] field=1 slot=0 steps=3+0 path=1
use[1] field=2 slot=1 steps=4+0 path=2
type[0] trie=0
type[1] name="a.b/c" controls=0+2 trie=1 slots=2 uses=0+2
type_control[0] control=0
type_control[1] control=1
control_type[0] name="A.B/c"
control_type[1] name="A.B/c"
violation[0] condition=4 message=5
violation[1] condition=7
violation[2] condition=8
control[0] origin=Control id="J-1" title="One" severity="high" types=0+1 applicable=1 violations=0+1
control[1] origin=Control id="J-2" title="Two" types=1+1 applicable=6 violations=1+2
block[0] values=1 truths=1
   0: LoadConstant v0 c0                                ; "A.B/c"
   1: TestField equals t0 v0 f0                         ; type
   2: ReturnTruth t0
block[1] truths=1
   0: RunTest t0 test0
   1: ReturnTruth t0
block[2] values=1 truths=1
   0: LoadConstant v0 c1                                ; 5
   1: TestField equals t0 v0 f1                         ; properties.size
   2: ReturnTruth t0
block[3] values=1 truths=1
   0: LoadConstant v0 c2                                ; false
   1: TestField exists t0 v0 f2                         ; kind
   2: ReturnTruth t0
block[4] values=1 truths=3
   0: AndBegin t0
   1: RunTest t1 test1
   2: And t0 t1 @11
   3: OrBegin t1
   4: RunTest t2 test2
   5: Or t1 t2 @10
   6: LoadConstant v0 c3                                ; "x*"
   7: TestField like t2 v0 f2                           ; kind
   8: Not t2
   9: Or t1 t2 @10
  10: And t0 t1 @11
  11: ReturnTruth t0
block[5] values=3
   0: LoadConstant v1 c4                                ; "size is "
   1: LoadField v2 f1                                   ; properties.size
   2: MakeText v0 v1 *2
   3: ReturnValue v0
block[6] truths=2
   0: AndBegin t0
   1: RunTest t1 test0
   2: And t0 t1 @5
   3: RunTest t1 test2
   4: And t0 t1 @5
   5: ReturnTruth t0
block[7] truths=1
   0: RunTest t0 test1
   1: Not t0
   2: ReturnTruth t0
block[8] truths=1
   0: TruthConstant !1 t0
   1: ReturnTruth t0
