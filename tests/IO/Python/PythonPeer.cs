using System.Diagnostics;
using System.Text;

namespace IoTNet.Tests.IO.Python;

/// <summary>One python3 process with a script from this folder, asked in batches of lines over its pipes.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PythonPeer(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script of this folder; the test is inconclusive on a machine without python3.</summary>
    public static PythonPeer Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.ArgumentList.Add("-u");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Python", script));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new PythonPeer(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new AssertInconclusiveException("python3 cannot be started: " + e.Message);
        }
    }

    /// <summary>Sends lines and an empty one, and reads as many answers.</summary>
    public string[] Ask(IReadOnlyList<string> questions)
    {
        foreach (string question in questions)
        {
            _process.StandardInput.Write(question + "\n");
        }

        _process.StandardInput.Write("\n");
        _process.StandardInput.Flush();
        var answers = new string[questions.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = _process.StandardOutput.ReadLine() ?? throw new AssertFailedException("python3 ended: " + _errors.Result);
        }

        return answers;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill(true);
            throw new AssertFailedException("python3 did not end by itself");
        }

        _process.Dispose();
    }
}
