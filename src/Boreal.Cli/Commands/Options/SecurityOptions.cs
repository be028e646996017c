using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;

namespace Boreal.Cli.Commands.Options;

/// <summary>Privileges and namespaces.</summary>
internal sealed class SecurityOptions(FlagSet flags)
{
    private readonly ListFlag _capAdd = flags.List("cap-add", '\0', "Add Linux capabilities");
    private readonly ListFlag _capDrop = flags.List("cap-drop", '\0', "Drop Linux capabilities");
    private readonly ValueFlag<string> _cgroupns = flags.Text("cgroupns", '\0', "Cgroup namespace to use (host|private)");
    private readonly ListFlag _groups = flags.List("group-add", '\0', "Add additional groups to join");
    private readonly ValueFlag<string> _ipc = flags.Text("ipc", '\0', "IPC mode to use");
    private readonly ValueFlag<string> _isolation = flags.Text("isolation", '\0', "Container isolation technology");
    private readonly ValueFlag<long> _oomScore = flags.Integer("oom-score-adj", '\0', "Tune host's OOM preferences (-1000 to 1000)");
    private readonly ValueFlag<string> _pid = flags.Text("pid", '\0', "PID namespace to use");
    private readonly ValueFlag<bool> _privileged = flags.Switch("privileged", '\0', "Give extended privileges to this container");
    private readonly ValueFlag<string> _runtime = flags.Text("runtime", '\0', "Runtime to use for this container");
    private readonly ListFlag _security = flags.List("security-opt", '\0', "Security Options");
    private readonly ListFlag _sysctls = flags.Add(new ListFlag("sysctl", '\0', "Sysctl options (default map[])", CheckSysctl) { ValueName = "map" });
    private readonly ValueFlag<string> _userns = flags.Text("userns", '\0', "User namespace to use");
    private readonly ValueFlag<string> _uts = flags.Text("uts", '\0', "UTS namespace to use");

    public HostConfig AddTo(HostConfig host)
    {
        CheckMode("pid", "PID", _pid.Value, _pid.Value is "" or "host" || IsContainer(_pid.Value));
        CheckMode("uts", "UTS", _uts.Value, _uts.Value is "" or "host");
        CheckMode("userns", "USER", _userns.Value, _userns.Value is "" or "host");
        CheckMode("cgroupns", "CGROUP", _cgroupns.Value, _cgroupns.Value is "" or "private" or "host");
        var security = _security.Values.Select(ReadSecurity).ToList();
        var unconfined = security.RemoveAll(option => option is "systempaths=unconfined") > 0;
        return host with
        {
            CapAdd = Given(_capAdd),
            CapDrop = Given(_capDrop),
            CgroupnsMode = _cgroupns.Value,
            GroupAdd = Given(_groups),
            IpcMode = _ipc.Value,
            Isolation = _isolation.Value,
            OomScoreAdj = (int)_oomScore.Value,
            PidMode = _pid.Value,
            Privileged = _privileged.Value,
            Runtime = _runtime.IsGiven ? _runtime.Value : null,
            SecurityOpt = security.Count > 0 ? security : null,
            Sysctls = _sysctls.Values.Count > 0 ? KeyValueFiles.Map(_sysctls.Values) : null,
            UsernsMode = _userns.Value,
            UTSMode = _uts.Value,
            MaskedPaths = unconfined ? [] : null,
            ReadonlyPaths = unconfined ? [] : null,
        };
    }

    private static IReadOnlyList<string>? Given(ListFlag flag) => flag.Values.Count > 0 ? flag.Values : null;

    private static bool IsContainer(string mode) => mode.StartsWith("container:", StringComparison.Ordinal) && mode.Length > "container:".Length;

    private static void CheckMode(string option, string name, string value, bool valid)
    {
        if (!valid) throw new FormatException($"--{option}: invalid {name} mode{(value.Length > 0 ? "" : ": empty")}");
    }

    /// <summary>A seccomp profile named by path is sent as its content.</summary>
    private static string ReadSecurity(string option)
    {
        var mark = option.IndexOf('=');
        if (mark < 0 && option is not "no-new-privileges") mark = option.IndexOf(':');
        var (key, value) = mark < 0 ? (option, "") : (option[..mark], option[(mark + 1)..]);
        if (value.Length is 0 && key is not "no-new-privileges") throw new FormatException($"Invalid --security-opt: \"{option}\"");
        if (key is not "seccomp" || value is "builtin" or "unconfined") return option;
        if (!File.Exists(value)) throw new FormatException($"opening seccomp profile ({value}) failed: open {value}: no such file or directory");
        try
        {
            using var profile = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(value));
            return "seccomp=" + Templates.Values.CompactJson.Of(profile.RootElement);
        }
        catch (System.Text.Json.JsonException problem)
        {
            throw new FormatException($"compacting json for seccomp profile ({value}) failed: {problem.Message}");
        }
    }

    private static string CheckSysctl(string text) =>
        text.Contains('=', StringComparison.Ordinal) ? text : throw new FormatException($"sysctl '{text}' is not allowed");
}
