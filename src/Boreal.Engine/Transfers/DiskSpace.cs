using Boreal.Linux.Errors;

namespace Boreal.Engine.Transfers;

/// <summary>Tells a full disk from other failures: what a transfer took is given back then.</summary>
internal static class DiskSpace
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    public static bool IsExhausted(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is LinuxException { Errno: NoSpace or OverQuota } or IOException { HResult: NoSpace or OverQuota })
                return true;
        }

        return false;
    }
}
