using System.Globalization;
using System.Net.Sockets;
using Boreal.Daemon.Configuration;
using Boreal.Linux.Descriptors;

namespace Boreal.Daemon.Listening;

/// <summary>Sockets that systemd opened for us, see sd_listen_fds(3).</summary>
internal static class ActivatedSockets
{
    private const int First = 3;

    /// <param name="which">What follows <c>fd://</c>: nothing or <c>*</c> for all, else a descriptor's number.</param>
    public static IReadOnlyList<Socket> Take(string which)
    {
        var count = Count();
        if (count == 0)
            throw new ConfigurationException("no sockets found via socket activation: make sure the service was started by systemd");
        if (which is "" or "*")
            return [.. Enumerable.Range(First, count).Select(Adopt)];
        return int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= First && number < First + count
            ? [Adopt(number)]
            : throw new ConfigurationException($"fd://{which} is not one of the {count} sockets that systemd opened, numbered from {First}");
    }

    private static int Count() =>
        Number("LISTEN_PID") == Environment.ProcessId ? Number("LISTEN_FDS") : 0;

    private static int Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A copy that no child inherits takes the place of the given descriptor.</summary>
    private static Socket Adopt(int number)
    {
        using var given = FileDescriptor.Adopt(number);
        var copy = given.Duplicate();
        var socket = new Socket(new SafeSocketHandle(copy.DangerousGetHandle(), ownsHandle: true));
        copy.SetHandleAsInvalid();
        return socket;
    }
}
