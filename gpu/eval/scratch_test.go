package eval
import ("testing";"os";"context";"gpumesh/gpu";"image";"image/png";"time";"fmt";"gpumesh/gpu/wgsl")
func TestScratch(t *testing.T){
 b,_:=os.ReadFile("../../testnet/jobs/render.wgsl")
 W,H:=320,240
 src:=fmt.Sprintf("const WIDTH: u32 = %du; const HEIGHT: u32 = %du; ",W,H)+string(b)
 m,err:=wgsl.Parse(src); if err!=nil{t.Fatal(err)}
 tr,rs:=m.Tier(); fmt.Println(tr,rs); fmt.Printf("%+v\n",m.Entries)
 d:=Open(); ctx:=context.Background()
 k,err:=d.Kernel(ctx,src,"main",[]gpu.Access{gpu.Uniform,gpu.ReadWrite}); if err!=nil{t.Fatal(err)}
 fmt.Println("regs",k.(*kernel).prog.regs, k.(*kernel).prog.lists)
 p,_:=d.Alloc(16); o,_:=d.Alloc(uint64(W*H*4)); d.Write(p,0,[]byte{0,0,0,0,1,0,0,0,7,0,0,0,0,0,0,0})
 t0:=time.Now()
 if err:=d.Submit(ctx,[]gpu.Work{{Op:gpu.Dispatch,Kernel:k,Bind:[]gpu.Range{{p,0,16},{o,0,o.Size()}},Grid:[3]uint32{uint32(W+7)/8,uint32(H+7)/8,1}}});err!=nil{t.Fatal(err)}
 el:=time.Since(t0)
 var steps uint64; for _,m:=range k.(*kernel).idle{steps+=m.steps}
 fmt.Println(el, steps, float64(steps)/el.Seconds()/1e6,"Mops/s")
 img:=image.NewRGBA(image.Rect(0,0,W,H)); d.Read(ctx,o,0,img.Pix)
 f,_:=os.Create("/tmp/render.png"); png.Encode(f,img); f.Close()
}
