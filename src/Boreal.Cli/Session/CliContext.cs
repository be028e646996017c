using System.Text;
using Boreal.Client;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;

namespace Boreal.Cli.Session;

/// <summary>What every command works with.</summary>
internal sealed class CliContext(GlobalOptions options, string commandPath) : IAsyncDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lazy<BorealClient> _client = new(() => new BorealClient(options.ToClientOptions()));
    private readonly Lazy<ClientConfiguration> _configuration = new(() => ClientConfiguration.Load(options.ConfigDirectory));

    private readonly Lazy<CredentialStores> _credentials = new(() => CredentialStores.Load(options.ConfigDirectory));

    public BorealClient Client => _client.Value;

    /// <summary>Accounts at registries.</summary>
    public CredentialStores Credentials => _credentials.Value;

    /// <summary>The command as it was called, for messages: <c>boreal container rm</c>.</summary>
    public string CommandPath => commandPath;

    public GlobalOptions Options => options;

    public ClientConfiguration Configuration => _configuration.Value;

    public Terminal Terminal { get; } = Terminal.Standard;

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>Standard output as bytes; flush <see cref="Out"/> before writing here.</summary>
    public Stream OutStream => Terminal.Output;

    public Stream ErrorStream => Terminal.Error;

    public Stream InStream => Terminal.Input;

    public TextWriter Out => field ??= new StreamWriter(OutStream, Utf8, 16 * 1024, leaveOpen: true) { NewLine = "\n" };

    public TextWriter Error => field ??= new StreamWriter(ErrorStream, Utf8, 1024, leaveOpen: true) { NewLine = "\n", AutoFlush = true };

    /// <summary>Runs a verb on each name; failures are shown and the rest goes on, as docker does.</summary>
    public async Task<int> ForEachAsync(IReadOnlyList<string> names, Func<string, Task> verb)
    {
        var failed = false;
        foreach (var name in names)
        {
            try
            {
                await verb(name);
                await Out.WriteLineAsync(name);
                await Out.FlushAsync();
            }
            catch (Boreal.Client.Errors.ApiException problem)
            {
                await Error.WriteLineAsync(problem.Message);
                failed = true;
            }
        }

        return failed ? ExitCodes.Failure : ExitCodes.Success;
    }

    /// <summary>Asks for a yes on the terminal.</summary>
    public async Task<bool> ConfirmAsync(string question)
    {
        await Out.WriteAsync($"{question}\nAre you sure you want to continue? [y/N] ");
        await Out.FlushAsync();
        using var reader = new StreamReader(InStream, Utf8, detectEncodingFromByteOrderMarks: false, 64, leaveOpen: true);
        return await reader.ReadLineAsync() is { } answer && answer.Trim().ToLowerInvariant() is "y" or "yes";
    }

    public async ValueTask DisposeAsync()
    {
        await Out.FlushAsync();
        if (_client.IsValueCreated) await _client.Value.DisposeAsync();
    }
}
