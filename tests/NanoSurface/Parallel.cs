using Microsoft.VisualStudio.TestTools.UnitTesting;

// Every test has a folder of its own, and the compiler is what takes the time.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
