using Boreal.Engine.Runtime.Security;
using Boreal.Linux.Seccomp;

namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>Compiles profiles as crun does for every container anew, which takes longer than all else it does.</summary>
internal static class SeccompPrograms
{
    private const ushort PermissionDenied = 1;

    /// <summary>The program in base64; null where libseccomp is missing or the profile needs more than permitting and refusing.</summary>
    public static string? TryCompile(SeccompProfile profile, RuntimeHost host, Capabilities capabilities)
    {
        if (profile.Flags.Count > 0 || profile.ListenerPath is not null || ActionOf(profile.DefaultAction, profile.DefaultErrno) is not { } otherwise) return null;
        using var filter = SeccompFilter.TryCreate(otherwise);
        if (filter is null) return null;
        foreach (var architecture in profile.ArchitecturesOn(host))
            filter.AddArchitecture(architecture["SCMP_ARCH_".Length..].ToLowerInvariant());
        foreach (var rule in profile.Rules.Where(rule => rule.AppliesTo(host, capabilities)))
        {
            if (ActionOf(rule.Action, rule.Errno) is not { } action || rule.Arguments.DistinctBy(argument => argument.Index).Count() < rule.Arguments.Count) return null;
            if (action == otherwise) continue;
            var arguments = rule.Arguments.Select(Comparison).ToArray();
            foreach (var name in rule.Names) filter.Add(action, name, arguments);
        }

        return Convert.ToBase64String(filter.Export());
    }

    private static SeccompAction? ActionOf(string name, uint? errno) => name switch
    {
        "SCMP_ACT_ALLOW" => SeccompAction.Allow,
        "SCMP_ACT_ERRNO" => SeccompAction.Fail((ushort)(errno ?? PermissionDenied)),
        _ => null,
    };

    private static SeccompComparison Comparison(SeccompArgument argument) => new(
        argument.Index,
        argument.Operator switch
        {
            "SCMP_CMP_NE" => SeccompOperator.NotEqual,
            "SCMP_CMP_LT" => SeccompOperator.Less,
            "SCMP_CMP_LE" => SeccompOperator.LessOrEqual,
            "SCMP_CMP_EQ" => SeccompOperator.Equal,
            "SCMP_CMP_GE" => SeccompOperator.GreaterOrEqual,
            "SCMP_CMP_GT" => SeccompOperator.Greater,
            "SCMP_CMP_MASKED_EQ" => SeccompOperator.MaskedEqual,
            _ => throw new InvalidOperationException($"the built-in profile has no comparison {argument.Operator}"),
        },
        argument.Value,
        argument.SecondValue ?? 0);
}
