using System.Collections.Frozen;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>What Docker's runtime refuses at start. Checked here, so that every runtime answers with the same words.</summary>
internal static class RuntimeRules
{
    private const string Prefix = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed:";

    // Numbers of setrlimit(2) on every architecture .NET runs on.
    private static readonly FrozenDictionary<string, int> Ulimits = new Dictionary<string, int>
    {
        ["cpu"] = 0, ["fsize"] = 1, ["data"] = 2, ["stack"] = 3, ["core"] = 4, ["rss"] = 5, ["nproc"] = 6, ["nofile"] = 7,
        ["memlock"] = 8, ["as"] = 9, ["locks"] = 10, ["sigpending"] = 11, ["msgqueue"] = 12, ["nice"] = 13, ["rtprio"] = 14, ["rttime"] = 15,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> IpcSysctls = FrozenSet.Create(
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced");

    public static void Check(ContainerSpec spec)
    {
        foreach (var limit in spec.Resources.Ulimits ?? []) CheckUlimit(limit);
        foreach (var name in (spec.Security.Sysctls ?? new Dictionary<string, string>()).Keys) CheckSysctl(name, spec);
        if (spec.Process.Domainname.Length > 0) CheckSysctl("kernel.domainname", spec);
        if (spec.Resources.CpuShares < 0)
            throw new EngineException(ErrorKind.Internal, $"invalid CPU shares ({spec.Resources.CpuShares}): value must be a positive integer");
    }

    private static void CheckUlimit(UlimitSpec limit)
    {
        if (!Ulimits.TryGetValue(limit.Name.ToLowerInvariant(), out var number)) throw Refused($"wrong rlimit value: RLIMIT_{limit.Name.ToUpperInvariant()}");
        // Minus one is unlimited: the largest number.
        if ((ulong)limit.Soft > (ulong)limit.Hard)
            throw Refused($"unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type {number}: invalid argument");
    }

    private static void CheckSysctl(string name, ContainerSpec spec)
    {
        if (IpcSysctls.Contains(name) || name.StartsWith("fs.mqueue.", StringComparison.Ordinal))
        {
            if (spec.Namespaces.Ipc is "host") throw Refused($"sysctl \"{name}\" is not allowed in the hosts ipc namespace");
            return;
        }

        if (name.StartsWith("net.", StringComparison.Ordinal))
        {
            if (spec.Network.Mode is "host") throw Refused($"sysctl \"{name}\" not allowed in host network namespace");
            return;
        }

        if (name is not "kernel.domainname" || spec.Namespaces.Uts is "host") throw Refused($"sysctl \"{name}\" is not in a separate kernel namespace");
    }

    private static EngineException Refused(string reason) => new(ErrorKind.Internal, $"{Prefix} {reason}: unknown");
}
