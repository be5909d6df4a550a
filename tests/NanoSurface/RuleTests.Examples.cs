namespace NanoSurface.Tests;

public partial class RuleTests
{
    /// <summary>A rule, and members of a class that break it in their first line.</summary>
    public static IEnumerable<object[]> Violations =>
    [
        ["NANO001", "class Box<T> { }"],
        ["NANO001", "static void Swap<T>(ref T a, ref T b) { }"],
        ["NANO001", "System.Func<int> _f;"],
        ["NANO001", "System.Action<int> _f;"],
        ["NANO001", "event System.EventHandler<System.EventArgs> Changed;"],
        ["NANO001", "void M() { Id(1); }\nstatic T Id<T>(T x) { return x; }"],
        ["NANO001", "object M() { return typeof(System.Action<>); }"],
        ["NANO002", "int[,] _a;"],
        ["NANO002", "object M() { return new int[2, 2]; }"],
        ["NANO002", "object M() { return new[,] { { 1 } }; }"],
        ["NANO003", "unsafe void M() { int* p = stackalloc int[4]; }"],
        ["NANO003", "unsafe void M() { int* p = stackalloc[] { 1 }; }"],
        ["NANO004", "interface I { int X() { return 1; } }"],
        ["NANO004", "interface I { int X => 1; }"],
        ["NANO004", "interface I { int X { get { return 1; } } }"],
        ["NANO004", "interface I { static int X; }"],
        ["NANO004", "interface I { protected int X(); }"],
        ["NANO005", "unsafe void M() { }"],
        ["NANO005", "void M() { unsafe { } }"],
        ["NANO005", "unsafe void M(byte[] b) { fixed (byte* p = b) { } }"],
        ["NANO005", "unsafe struct S { fixed byte B[4]; }"],
        ["NANO006", "int M(int a) { return checked(a + 1); }"],
        ["NANO006", "void M(int a) { checked { a++; } }"],
        ["NANO007", "System.Collections.IEnumerable M() { yield break; }"],
        ["NANO008", "async void M() { }"],
        ["NANO008", "System.Action _a = async () => { };"],
        ["NANO008", "void M() { async void L() { } }"],
        ["NANO009", "~C() { }"],
        ["NANO010", "volatile int _x;"],
        ["NANO011", "[System.ThreadStatic] static int s_x;"],
        ["NANO012", "void M(System.Threading.Thread t) { t.Abort(); }"],
        ["NANO013", "void M() { try { } catch (System.OverflowException) { } }"],
        ["NANO013", "void M() { try { } catch (System.DivideByZeroException) { } }"],
        ["NANO020", "string M(int x) { return $\"{x,5}\"; }"],
        ["NANO020", "string M(int x) { return string.Format(\"{0,-5}\", x); }"],
        ["NANO021", "string M() { return \"a\\0b\"; }"],
        ["NANO021", "string M(int x) { return $\"a\\0{x}\"; }"],
        ["NANO021", "string M(string s) { return s + '\\0'; }"],
        ["NANO021", "string M(string s) { return s + (char)0; }"],
        ["NANO021", "string M() { return new string('\\0', 4); }"],
        ["NANO021", "const char Nul = '\\0'; string M(System.Text.StringBuilder b) { return b.Append(Nul).ToString(); }"],
        ["NANO022", "string M(System.DayOfWeek d) { return d.ToString(); }"],
        ["NANO022", "string M(System.DayOfWeek d) { return \"day \" + d; }"],
        ["NANO022", "string M(System.DayOfWeek d) { return $\"day {d}\"; }"],
        ["NANO022", "string M(System.DayOfWeek d) { return string.Format(\"{0}\", d); }"],
        ["NANO022", "void M(System.DayOfWeek d) { string s = \"\"; s += d; }"],
        ["NANO022", "void M(System.Text.StringBuilder b, System.DayOfWeek d) { b.Append(d); }"],
        ["NANO022", "string M(bool x) { return $\"{(x ? System.DayOfWeek.Monday : System.DayOfWeek.Friday)}\"; }"],
        ["NANO023", "string M(double d) { return d.ToString(); }"],
        ["NANO023", "string M(double d) { return d.ToString(\"G15\"); }"],
        ["NANO023", "string M(float f) { return \"x\" + f; }"],
        ["NANO023", "string M(double d) { return $\"{d}\"; }"],
        ["NANO023", "void M(System.Text.StringBuilder b, double d) { b.Append(d); }"],
        ["NANO030", "decimal _m;"],
        ["NANO030", "object M() { return 1m; }"],
        ["NANO031", "byte[] _a = new byte[780001];"],
        ["NANO031", "int[] _a = new int[200000];"],
        ["NANO031", "const int Size = 70000; object[] _a = new object[Size];"],
        ["NANO031", "string[] M() { return new string[65001]; }"],
        ["NANO032", "int M(uint u) { return (int)u; }"],
        ["NANO032", "long M(uint u) { return (int)u >> 1; }"],
        ["NANO032", "enum E : uint { A } int M(E e) { return (int)e; }"],
        ["NANO033", "bool M(string[] a) { return a[0] == null; }"],
        ["NANO033", "bool M(string[] a) { return null != a[0]; }"],
        ["NANO033", "string M(string[] a) { return a[0] ?? \"\"; }"],
        ["NANO033", "bool M(string[] a) { return a[0] is null; }"],
        ["NANO033", "string M(string[] a) { return a[0]?.Trim(); }"],
    ];

    /// <summary>Members of a class that look like a violation, or are much used, and are none.</summary>
    public static IEnumerable<object[]> Neighbours =>
    [
        ["decimals", "string M(double d) { return d.ToString(\"F3\") + $\"{d:N1}\"; }"],
        ["number of a double", "string M(double d) { return ((int)d).ToString(); }"],
        ["uint as int", "int M(uint u, byte[] b) { return (int)(long)u + b[(int)(u & 7)] + (int)5u; }"],
        ["text in an array", "bool M(string[] a, object[] o) { return a != null && a[0] == \"x\" && o[0] == null; }"],
        ["lambda", "System.Threading.ThreadStart M() { return () => { }; }"],
        ["closure", "System.Threading.ThreadStart M(int x) { return () => { x++; }; }"],
        ["local function", "int M(int x) { int Twice() { return x * 2; } return Twice(); }"],
        ["own delegate", "delegate int Op(int a); int M(Op op) { return op(1); }"],
        ["event", "event System.EventHandler Changed; void M() { Changed?.Invoke(this, System.EventArgs.Empty); }"],
        ["switch on strings", """
            int M(string s)
            {
                switch (s)
                {
                    case "a": return 1; case "bb": return 2; case "cc": return 3; case "ccc": return 4;
                    case "dd": return 5; case "ddd": return 6; case "eee": return 7; case "e": return 8;
                }
                return 0;
            }
            """],
        ["switch expression", "int M(int x) { return x switch { > 5 and < 9 => 1, 3 => 2, _ => 0 }; }"],
        ["exception filter", """
            void M()
            {
                try { M(); } catch (System.Exception e) when (e.Message == "") { throw; }
            }
            """],
        ["interpolation", "string M(int x, string s, double d) { return $\"{x} {s} {d:F2} {x:X2}\"; }"],
        ["interpolation of strings", "string M() { return $\"a{\"b\"}\"; }"],
        ["escaped brace before a digit", "string M(int x) { return string.Format(\"{{0,5}} {0}\", x); }"],
        ["foreach", """
            int M(byte[] a, System.Collections.ArrayList l, string s)
            {
                int n = 0;
                foreach (byte b in a) { n += b; }
                foreach (object o in l) { n++; }
                foreach (char c in s) { n += c; }
                return n;
            }
            """],
        ["params", "int M(params object[] a) { return a.Length; } int N() { return M(1, \"x\"); }"],
        ["default argument", "int M(int a = 5) { return a; } int N() { return M(); }"],
        ["out and ref", "bool M(ref int a, out int b) { b = a; return int.TryParse(\"1\", out int c) && c > a; }"],
        ["lock", "readonly object _l = new object(); void M() { lock (_l) { } }"],
        ["using", "void M(System.IDisposable d) { using (d) { } using var e = d; }"],
        ["struct", "struct P { public int X; public override bool Equals(object o) { return o is P p && p.X == X; } }"],
        ["boxing", "object M(int x) { return x; } int N(object o) { return (int)o; }"],
        ["array of arrays", "int[][] M() { return new int[2][]; }"],
        ["array initializer", "static readonly int[] s_a = { 1, 2, 3, 4, 5, 6, 7, 8 };"],
        ["long array length", "byte[] M(long n) { return new byte[n]; }"],
        ["largest byte[]", "byte[] _a = new byte[780000];"],
        ["largest object[]", "object[] _a = new object[65000];"],
        ["unchecked", "int M(int a) { return unchecked(a + 1); }"],
        ["NUL as a char", "bool M(string s) { return s[0] == '\\0' || s.IndexOf('\\0') >= 0; }"],
        ["enum as a number", "string M(System.DayOfWeek d) { return \"day \" + (int)d + $\"{(int)d}\"; }"],
        ["enum in an array", "object M(System.DayOfWeek d) { return new object[] { d }; }"],
        ["enum compared", "bool M(System.DayOfWeek d) { return d == System.DayOfWeek.Monday; }"],
        ["names of an enum", "string M(System.DayOfWeek d) { return d switch { System.DayOfWeek.Monday => \"M\", _ => \"\" }; }"],
        ["nameof an enum", "string M() { return \"\" + nameof(System.DayOfWeek.Monday); }"],
        ["interface", "interface I { int X { get; set; } event System.EventHandler E; void M(); int this[int i] { get; } }"],
        ["own Abort", "void Abort() { } void M() { Abort(); }"],
        ["init", "class P { public int X { get; init; } } P M() { return new P { X = 1 }; }"],
        ["pattern", "bool M(object o) { return o is string { Length: > 3 } s && s != null; }"],
        ["goto, operators, const", """
            const int Mask = 0x7F;
            int M(int x)
            {
                again:
                x = (x << 3) ^ (x >> 2) | ~Mask;
                if (x > 100) { goto again; }
                return x == 0 ? -1 : x % 7;
            }
            """],
        ["operator of its own", "public static C operator +(C a, C b) { return a; }"],
        ["indexer", "int this[int i] { get { return i; } set { } }"],
        ["static constructor", "static int s_n; static C() { s_n = 1; } static int Next() { return ++s_n; }"],
        ["typeof and is", "bool M(object o) { return o.GetType() == typeof(string); }"],
        ["StringBuilder", "string M(int x) { return new System.Text.StringBuilder().Append(x).Append('a').ToString(); }"],
    ];
}
