using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client.Errors;
using Boreal.Client.Images;

namespace Boreal.Cli.Commands.Registries;

/// <summary>Tries an account at a registry and keeps it: (1) what was given, else (2) the account kept from before, else (3) what the user types.</summary>
internal sealed class LoginCommand : Command
{
    private readonly ValueFlag<string> _password;
    private readonly ValueFlag<bool> _passwordFromInput;
    private readonly ValueFlag<string> _user;

    public LoginCommand()
    {
        _password = Flags.Text("password", 'p', "Password or Personal Access Token (PAT)");
        _passwordFromInput = Flags.Switch("password-stdin", '\0', "Take the Password or Personal Access Token (PAT) from stdin");
        _user = Flags.Text("username", 'u', "Username");
    }

    public override string Usage => "login [OPTIONS] [SERVER]";

    public override string Summary => "Authenticate to a registry; Docker Hub where no server is named";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Examples => ["boreal login registry.example.com", "boreal login -u ann --password-stdin localhost:5000 < password.txt"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var password = await PasswordAsync(context, cancellationToken);
        var key = RegistryKeys.OfServer(arguments.Count > 0 ? arguments[0] : "");
        var store = context.Credentials.For(key);
        var kept = _user.Value.Length is 0 && password.Length is 0 ? store.Find(key) : null;
        if (kept is { IsEmpty: false } && await TryKeptAsync(context, store, kept, cancellationToken)) return ExitCodes.Success;
        var prompt = new LoginPrompt(context, key);
        var user = _user.Value.Length > 0 ? _user.Value : await prompt.UserAsync(kept?.UserName ?? "");
        if (password.Length is 0) password = await prompt.PasswordAsync();
        await LoginAsync(context, store, new RegistryAuth { UserName = user, Password = password, ServerAddress = key }, cancellationToken);
        return ExitCodes.Success;
    }

    private async Task<string> PasswordAsync(CliContext context, CancellationToken cancellationToken)
    {
        if (_passwordFromInput.Value)
        {
            if (_password.IsGiven) throw new CommandFailedException("conflicting options: cannot specify both --password and --password-stdin");
            if (_user.Value.Length is 0) throw new CommandFailedException("the --password-stdin option requires --username to be set");
            using var reader = new StreamReader(context.InStream, leaveOpen: true);
            var text = await reader.ReadToEndAsync(cancellationToken);
            if (text.EndsWith('\n')) text = text[..^1];
            return text.EndsWith('\r') ? text[..^1] : text;
        }

        if (_password.IsGiven) await context.Error.WriteLineAsync("WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
        return _password.Value;
    }

    /// <summary>False when the registry no longer takes the account: then another is asked for.</summary>
    private static async Task<bool> TryKeptAsync(CliContext context, ICredentialStore store, RegistryAuth kept, CancellationToken cancellationToken)
    {
        var who = kept.UserName.Length > 0 ? $" [Username: {kept.UserName}]" : "";
        await context.Error.WriteLineAsync($"Authenticating with existing credentials...{who}\n");
        await context.Error.WriteLineAsync($" Info -> To login with a different account, run '{HelpWriter.Program} logout' followed by '{HelpWriter.Program} login'\n\n");
        try
        {
            await LoginAsync(context, store, kept, cancellationToken);
            return true;
        }
        catch (ApiException problem) when (problem.Reason.Contains("401 Unauthorized", StringComparison.Ordinal))
        {
            await context.Error.WriteLineAsync($"Login did not succeed, error: {problem.Message}");
            return false;
        }
    }

    private static async Task LoginAsync(CliContext context, ICredentialStore store, RegistryAuth auth, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Node.LoginAsync(auth, cancellationToken);
        if (answer.Text("IdentityToken") is { Length: > 0 } token) auth = auth with { Password = "", IdentityToken = token };
        await KeepAsync(context, store, auth);
        if (answer.Text("Status") is { Length: > 0 } status) await context.Out.WriteLineAsync(status);
    }

    private static async Task KeepAsync(CliContext context, ICredentialStore store, RegistryAuth auth)
    {
        try
        {
            if (store.Keep(auth) is { } warning) await context.Error.WriteLineAsync($"\n{warning}");
        }
        catch (Exception problem) when (problem is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"Error saving credentials: {problem.Message}");
        }
    }
}
