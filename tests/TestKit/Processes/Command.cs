using System.Diagnostics;
using System.Text;

namespace Boreal.Tests.TestKit.Processes;

/// <summary>A program to run, with its arguments and environment. Immutable: each <c>With</c> gives a new one.</summary>
public sealed record Command(string Program, IReadOnlyList<string> Arguments)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public byte[] Stdin { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public static Command Of(string program, params string[] arguments) => new(program, arguments);

    /// <summary>A line for <c>sh -c</c>.</summary>
    public static Command Shell(string line) => new("/bin/sh", ["-c", line]);

    public Command With(params string[] more) => this with { Arguments = [.. Arguments, .. more] };

    public Command WithStdin(string text) => this with { Stdin = Encoding.UTF8.GetBytes(text) };

    public Command WithVariable(string name, string? value) =>
        this with { Environment = new Dictionary<string, string?>(Environment) { [name] = value } };

    public Command In(string directory) => this with { WorkingDirectory = directory };

    public Command Within(TimeSpan timeout) => this with { Timeout = timeout };

    /// <summary>Runs to the end; kills the process and fails when it takes longer than <see cref="Timeout"/>.</summary>
    public async Task<CommandResult> RunAsync()
    {
        await using var running = Start();
        await running.WriteStdinAsync(Stdin);
        running.CloseStdin();
        return await running.FinishAsync(Timeout);
    }

    /// <summary>Runs to the end and gives trimmed standard output; fails when the command fails.</summary>
    public async Task<string> OutputAsync() => (await RunAsync()).Succeeded(ToString()).Stdout.Trim();

    public RunningCommand Start()
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingDirectory ?? "",
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
#pragma warning disable RS0030 // The one place in the tests that starts processes.
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start");
#pragma warning restore RS0030
        return new RunningCommand(process, ToString());
    }

    public override string ToString() => string.Join(' ', Arguments.Prepend(Path.GetFileName(Program)));
}
