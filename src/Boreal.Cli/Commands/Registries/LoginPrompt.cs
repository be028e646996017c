using System.Runtime.InteropServices;
using System.Text;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Registries;

/// <summary>Asks on the terminal who to be.</summary>
internal sealed class LoginPrompt(CliContext context, string key)
{
    /// <exception cref="CommandFailedException">There is no terminal, or nothing was typed.</exception>
    public async Task<string> UserAsync(string usual)
    {
        CheckTerminal();
        if (key is RegistryKeys.Hub)
            await context.Out.WriteLineAsync("Log in with your Docker ID or email address to push and pull images from Docker Hub.\nYou can log in with your password or a Personal Access Token (PAT).");
        await AskAsync(usual.Length > 0 ? $"Username ({usual}): " : "Username: ");
        var user = ReadLine().Trim();
        if (user.Length is 0) user = usual;
        return user.Length > 0 ? user : throw new CommandFailedException("Error: Non-null Username Required");
    }

    /// <exception cref="CommandFailedException">There is no terminal, or nothing was typed.</exception>
    public async Task<string> PasswordAsync()
    {
        CheckTerminal();
        await AskAsync("Password: ");
        var restore = context.Terminal.SilenceInput();
        string password;
        // Who gives up at the prompt keeps a terminal that shows what is typed.
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => restore()))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => restore()))
        {
            try
            {
                password = ReadLine();
            }
            finally
            {
                restore();
            }
        }

        return password.Length > 0 ? password : throw new CommandFailedException("Error: Password Required");
    }

    // The session of a script would wait for ever.
    private void CheckTerminal()
    {
        if (!context.Terminal.InputIsTerminal) throw new CommandFailedException("Error: Cannot perform an interactive login from a non TTY device");
    }

    private async Task AskAsync(string question)
    {
        await context.Out.WriteAsync(question);
        await context.Out.FlushAsync();
    }

    // Byte by byte: what follows the line is the next question's.
    private string ReadLine()
    {
        var line = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (context.InStream.Read(one) > 0 && one[0] is not (byte)'\n') line.Add(one[0]);
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(line)).TrimEnd('\r');
    }
}
