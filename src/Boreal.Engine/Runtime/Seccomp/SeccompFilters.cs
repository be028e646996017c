using System.Collections.Concurrent;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime.Security;

namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>The system call filters of containers. The default profile is expanded and compiled once per set of capabilities.</summary>
internal sealed class SeccompFilters(RuntimeHost host, string daemonProfile)
{
    private const string Unconfined = "unconfined";
    private const string BuiltIn = "builtin";

    // One entry per distinct set a client asked for; bounded, because clients choose the sets.
    private const int MaximumCached = 64;

    private readonly ConcurrentDictionary<ulong, ExpandedProfile> _expanded = new();

    /// <param name="profile">Of the container's security options; null if it named none.</param>
    /// <param name="privileged">Privileged containers are filtered only by a profile of their own.</param>
    /// <param name="capabilities">The container's bounding set.</param>
    public ExpandedProfile For(string? profile, bool privileged, Capabilities capabilities)
    {
        if (profile is Unconfined || (privileged && string.IsNullOrEmpty(profile))) return ExpandedProfile.Unfiltered;
        if (!host.Seccomp)
        {
            return string.IsNullOrEmpty(profile) || profile is BuiltIn
                ? ExpandedProfile.Unfiltered
                : throw new EngineException(ErrorKind.Internal, "seccomp is not enabled in your kernel, cannot run a custom seccomp profile");
        }

        var chosen = string.IsNullOrEmpty(profile) ? daemonProfile : profile;
        return chosen switch
        {
            Unconfined => ExpandedProfile.Unfiltered,
            "" or BuiltIn => Default(capabilities),
            _ => new ExpandedProfile(SeccompProfileReader.Read(chosen).Expand(host, capabilities), Program: null),
        };
    }

    private ExpandedProfile Default(Capabilities capabilities)
    {
        if (_expanded.TryGetValue(capabilities.Bits, out var cached)) return cached;
        var profile = DefaultProfile.Instance;
        var expanded = new ExpandedProfile(profile.Expand(host, capabilities), SeccompPrograms.TryCompile(profile, host, capabilities));
        if (_expanded.Count < MaximumCached) _expanded.TryAdd(capabilities.Bits, expanded);
        return expanded;
    }
}
