namespace IoTNet.Apps
{
    /// <summary>The page, whole: it loads nothing else. What a board says is put into it as text, never as HTML.</summary>
    internal static class DashboardPage
    {
        public const string Html = @"<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta name=viewport content='width=device-width,initial-scale=1'>
<meta name=color-scheme content='light dark'>
<link rel=icon href='data:,'>
<title>board</title>
<style>
:root{--page:#f4f6f8;--card:#fff;--text:#16202a;--soft:#5a6672;--rule:#dde3e9;--line:#0b6bcb;--good:#137a3f;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--page:#0f151b;--card:#19212a;--text:#e8edf2;--soft:#9aa7b4;--rule:#2b3641;--line:#5cb0ff;--good:#5fd08e;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.4 system-ui,sans-serif}
main{max-width:900px;margin:auto;padding:20px}
header{display:flex;justify-content:space-between;align-items:center;gap:12px;flex-wrap:wrap;margin-bottom:14px}
h1{margin:0;font-size:22px}
section{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:16px;margin-bottom:14px}
small,label,#ends{color:var(--soft);font-size:13px}
#state{font-size:14px;font-weight:600;color:var(--bad)}
#state.live{color:var(--good)}
#value{font-size:52px;font-weight:650;line-height:1.15;font-variant-numeric:tabular-nums}
#chart{display:flex;gap:8px;margin-top:10px}
#scale{display:flex;flex-direction:column;justify-content:space-between;text-align:right;font-size:13px;line-height:1;color:var(--soft)}
#scale i{font-style:normal}
svg{flex:1;min-width:0;height:190px;overflow:visible;fill:none;stroke-linecap:round;stroke-linejoin:round}
svg *{vector-effect:non-scaling-stroke}
#grid{stroke:var(--rule)}
#area{fill:var(--line);opacity:.12}
#line{stroke:var(--line);stroke-width:2.5}
#dot{stroke:var(--line);stroke-width:10}
#ends{display:flex;justify-content:space-between;margin-top:8px}
#tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:14px;margin-bottom:14px}
#tiles section{margin:0;padding:12px 16px}
b{display:block;font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
form{display:flex;gap:10px;align-items:center;flex-wrap:wrap}
input,button{font:inherit;padding:8px 10px;border-radius:8px;border:1px solid var(--rule);background:var(--page);color:var(--text)}
input{width:88px}
button{background:var(--line);border-color:var(--line);color:var(--card);font-weight:600;cursor:pointer}
#message{flex-basis:100%;min-height:1.4em;font-size:14px}
.away #value,.away #chart{opacity:.4}
</style>
<main class=away>
<header><h1 id=name>board</h1><span id=state role=status>connecting …</span></header>
<section>
<small>Temperature</small><div id=value>–</div>
<div id=chart role=img aria-label='The last readings'><div id=scale><i></i><i></i><i></i></div>
<svg viewBox='0 0 100 100' preserveAspectRatio=none><path id=grid d='M0 0H100M0 50H100M0 100H100'/><path id=area /><path id=line /><path id=dot /></svg></div>
<div id=ends><span id=from></span><span>now</span></div>
</section>
<div id=tiles>
<section><small>Uptime</small><b id=uptime>–</b></section>
<section><small>Reading</small><b id=n>–</b></section>
<section><small>Browsers</small><b id=clients>–</b></section>
<section><small>Interval</small><b id=interval>–</b></section>
</div>
<section><form id=form>
<label for=ms>A reading every</label><input id=ms type=number inputmode=numeric required><label for=ms>ms</label><button>Set</button>
<span id=message role=status></span>
</form></section>
</main>
<script>
'use strict';
var at={},shown={},last=[],ws,timer,wanted=0;
document.querySelectorAll('[id]').forEach(function(e){at[e.id]=e});
function put(id,text){if(at[id].textContent!==text)at[id].textContent=text}
function span(ms){var s=Math.floor(ms/1000),two=function(x){return('0'+x%60).slice(-2)};
return s<3600?Math.floor(s/60)+':'+two(s):(s<86400?'':Math.floor(s/86400)+' d ')+Math.floor(s/3600)%24+':'+two(Math.floor(s/60))+':'+two(s)}
function say(text,isLive){put('state',text);at.state.className=isLive?'live':'';document.querySelector('main').className=isLive?'':'away'}
function draw(){
if(!last.length)return;
var low=Math.min.apply(0,last),high=Math.max.apply(0,last),pad=Math.max(100,(high-low)/8);low-=pad;high+=pad;
var step=100/59,x0=100-(last.length-1)*step;
var y=function(v){return((high-v)/(high-low)*100).toFixed(1)};
var line='M'+last.map(function(v,i){return(x0+i*step).toFixed(1)+' '+y(v)}).join('L');
at.line.setAttribute('d',line);
at.area.setAttribute('d',line+'V100H'+x0.toFixed(1)+'Z');
at.dot.setAttribute('d','M100 '+y(last[last.length-1])+'h.01');
[high,(low+high)/2,low].forEach(function(v,i){at.scale.children[i].textContent=(v/1000).toFixed(1)});
put('value',(last[last.length-1]/1000).toFixed(1)+' °C');
put('from','the last '+last.length+' readings');
}
function take(m){
for(var k in m)shown[k]=m[k];
if(m.last)last=m.last;
if('milliCelsius'in m){last.push(m.milliCelsius);if(last.length>60)last.shift();put('n','#'+m.n);put('uptime',span(m.uptimeMs))}
if('name'in m){put('name',m.name);document.title=m.name}
if('clients'in m)put('clients',m.clients+' of '+shown.most);
if('intervalMs'in m){put('interval',m.intervalMs+' ms');
if(document.activeElement!==at.ms)at.ms.value=m.intervalMs;
if(wanted===m.intervalMs){wanted=0;put('message','Set.')}}
if(m.error){wanted=0;put('message',m.error)}
draw();
}
function watch(ms){clearTimeout(timer);timer=setTimeout(lost,ms)}
function lost(){
ws.onopen=ws.onmessage=ws.onclose=null;ws.close();
if(at.state.className)say('The board is away. Trying again …');
clearTimeout(timer);timer=setTimeout(connect,700+Math.random()*600);
}
function refused(){
fetch('/info').then(function(r){return r.json()}).then(function(m){
if(m.clients>=m.most)say('The board has room for '+m.most+' browsers, and all places are in use. Waiting for one …')}).catch(function(){});
lost();
}
function connect(){
ws=new WebSocket(location.origin.replace('http','ws')+'/live');
ws.onclose=refused;
ws.onopen=function(){ws.onclose=lost};
ws.onmessage=function(e){take(JSON.parse(e.data));if(!at.state.className)say('live',true);watch(3000+1.5*shown.intervalMs)};
watch(4000);
}
at.form.onsubmit=function(e){e.preventDefault();
if(ws.readyState!==1)return put('message','The board is away.');
wanted=+at.ms.value;put('message','…');ws.send(JSON.stringify({intervalMs:wanted}));at.ms.blur()};
connect();
</script>
</html>
";
    }
}
