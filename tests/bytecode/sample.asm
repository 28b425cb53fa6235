; A small program with every kind of table, for round trips and damage.
catalog "sample-1"
semantics lenient_ordering eager_logic
path type="contoso.lab/widgets" steps="properties.rules[*].properties.access"
path type="contoso.lab/widgets" steps="properties.tier" versions=0+1
path steps="tags.cost.center"
path type="contoso.lab/widgets" steps="properties.link" pattern="/links/{name}" variable="name"
version api_version="2015-01-01" steps="properties.old.tier"
field kind=Alias name="Contoso.Lab/widgets/rules[*].access" paths=0+1
field kind=Alias name="Contoso.Lab/widgets/tier" paths=1+1 secret
field kind=Tag name="tags.cost" paths=2+1
field kind=Alias name="Contoso.Lab/widgets/link" paths=3+1
node children=3+1                    ; 0: other types
node children=2+0                    ; 1: bare
node children=4+2                    ; 2: widgets
node key="tags" children=6+1
node key="properties" children=7+2 slot=3 whole
node key="tags" children=9+1
node key="cost" slot=0
node key="link" slot=1
node key="rules" slot=0 whole
node key="cost" slot=2
use field=2 slot=0 steps="center" path=2
use field=0 slot=0 steps="properties.access" each path=0
use field=1 slot=3 steps="tier" path=1
use field=2 slot=2 steps="center" path=2
use field=3 slot=1 path=3
type controls=0+0 trie=0 slots=1 uses=0+1
type name="contoso.lab/widgets" controls=0+1 trie=2 slots=4 uses=1+4 whole
type name="contoso.lab/zebras" trie=1
type_control control=0
control_type name="contoso.lab/widgets"
constant ="Allow"
constant =["a",1,-2.5,true,null,{"k":{}}]
parameter name="limit" type=1 value=2
parameter name="names" type=4 allowed=1
text value="/subscriptions/s/resourceGroups/x"
text value="westeurope"
selector kind=ResourceLocation negated values=1+1
selection selectors=0+1
guard selectors=0+1 negated
initiative id="/providers/i" name="i" title="All"
assignment name="a" scope="/subscriptions/s" do_not_enforce not_scopes=0+1 selections=0+1
exemption name="e" scope="/subscriptions/s" category="Waiver" expires_on="2031-01-01"
exemption_use exemption=0
instance assignment=0 initiative=0 reference="r" groups=1+1 message="m" guards=0+1 exemptions=0+1
constant =3
violation condition=1 message=2 line=14
operation field=2 value=2
relation type=2 condition=1 static_type="contoso.lab/widgets" reads_primary
control origin=Control id="LAB-1" title="Grüße" severity="high" file="lab.writ" line=3 parameters=0+2 types=0+1 applicable=0 violations=0+1 effect=2 operations=0+1 relation=0 instance=0
test block=3
source instruction=0 file="lab.writ" line=4 column=2
source instruction=1 file="lab.writ" line=5 column=9

block truths=1
  TruthConstant !1 t0
  ReturnTruth t0
block values=2 truths=3 binders=1
  AndBegin t0
  RunTest t1 test0
  And t0 t1 @end
  LoadParameter v0 p"limit"
  CountField b0 f"Contoso.Lab/widgets/rules[*].access" @done
body:
  LoadConstant v1 c0
  TestBound equals t2 v1 b0 f0 ^1
  CountNext b0 t2 @body
done:
  TestCount greater t1 v0 b0
  And t0 t1 @end
end:
  ReturnTruth t0
block values=2
  LoadConstant v0 ="tier "
  LoadField v1 f"Contoso.Lab/widgets/tier"
  MakeText v0 v0 *2
  ReturnValue v0
block values=1 truths=1
  LoadConstant v0 c1
  TestField notIn t0 v0 f"tags.cost"
  ReturnTruth t0
