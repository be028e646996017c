using System.Diagnostics;
using System.Text;

namespace Boreal.Tests.TestKit.Processes;

/// <summary>A started command. Its output is read all the time, so it never waits for us; disposing kills it.</summary>
public sealed class RunningCommand : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _line;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly StringBuilder _stdout = new();
    private readonly StringBuilder _stderr = new();
    private readonly Task _readers;

    internal RunningCommand(Process process, string line)
    {
        _process = process;
        _line = line;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput, _stdout), ReadAsync(process.StandardError, _stderr));
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Stdout => Snapshot(_stdout);

    public string Stderr => Snapshot(_stderr);

    public async Task WriteStdinAsync(byte[] bytes)
    {
        if (bytes.Length == 0) return;
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(bytes);
            await _process.StandardInput.BaseStream.FlushAsync();
        }
        catch (IOException)
        {
            // The program ended without reading its input: its exit code tells.
        }
    }

    public Task WriteLineAsync(string line) => WriteStdinAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public void CloseStdin()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // As above: flushing into a pipe nobody reads any more.
        }
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async Task<CommandResult> FinishAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            await _readers.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"`{_line}` took longer than {timeout.TotalSeconds} s\nstdout: {Stdout}\nstderr: {Stderr}");
        }
        return new CommandResult(_process.ExitCode, Stdout, Stderr, Stopwatch.GetElapsedTime(_started));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder into)
    {
        var buffer = new char[8192];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            lock (into) into.Append(buffer, 0, read);
        }
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
