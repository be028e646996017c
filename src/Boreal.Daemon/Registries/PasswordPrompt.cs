using System.Runtime.InteropServices;
using Boreal.Daemon.Configuration;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Terminals;

namespace Boreal.Daemon.Registries;

/// <summary>A new password: typed unseen and twice at a terminal, else the first line of standard input.</summary>
internal static class PasswordPrompt
{
    public static string Read()
    {
        using var input = FileDescriptor.Borrow(0);
        if (!TerminalMode.IsTerminal(input))
            return Console.In.ReadLine() ?? throw new ConfigurationException("no password on standard input");
        var password = Ask(input, "Password: ");
        return Ask(input, "The same again: ") == password ? password : throw new ConfigurationException("the two passwords differ");
    }

    private static string Ask(FileDescriptor terminal, string question)
    {
        Console.Error.Write(question);
        var restore = TerminalMode.Silence(terminal);
        // Who gives up at the prompt keeps a terminal that shows what is typed.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => restore());
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => restore());
        try
        {
            return Console.In.ReadLine() ?? "";
        }
        finally
        {
            restore();
        }
    }
}
