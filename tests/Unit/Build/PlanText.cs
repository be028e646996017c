using System.Text.Encodings.Web;
using System.Text.Json;
using Boreal.Build.Graph;

namespace Boreal.Tests.Unit.Build;

/// <summary>A plan as text, one operation a line, inputs first.</summary>
internal sealed class PlanText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _lines = [];
    private readonly Dictionary<OperationId, int> _numbers = [];

    public static IReadOnlyList<string> Render(Operation? result)
    {
        if (result is null) return ["empty"];
        var text = new PlanText();
        text.Visit(result);
        return text._lines;
    }

    private int Visit(Operation operation)
    {
        if (_numbers.TryGetValue(operation.Id, out var known)) return known;
        var text = operation switch
        {
            ImageOperation image => $"source docker-image://{image.Reference}{Mode(image.ResolveMode)}{Foreign(image.Platform)}",
            OciLayoutOperation layout => $"source oci-layout://{layout.Reference} oci.store={layout.Store}{Foreign(layout.Platform)}",
            LocalOperation local => $"source local://{local.Name}{List(" local.excludepatterns=", local.ExcludedPatterns)}{List(" local.followpaths=", local.FollowedPaths)} local.sharedkeyhint={local.SharedKey}",
            HttpOperation http => $"source {http.Url}{Given(" http.checksum=", http.Checksum)} http.filename={http.FileName}",
            GitOperation git => Git(git),
            MergeOperation merge => $"merge {Input(merge.Lower)} {Input(merge.Upper)}",
            RunOperation run => Run(run) + Foreign(run.Platform),
            FileOperation file => "file" + string.Concat(file.Actions.Select((action, index) => " | " + Action(action, index == 0 ? Input(file.Base) : "prev"))),
            _ => throw new InvalidOperationException($"{operation} has no text"),
        };
        var name = operation is ImageOperation || operation.Provenance.Name.Length == 0 ? "" : " # " + operation.Provenance.Name;
        var number = _lines.Count;
        _numbers[operation.Id] = number;
        _lines.Add($"{number} {text}{(operation.IgnoresCache ? " nocache" : "")}{name}");
        return number;
    }

    private string Input(Operation? operation) => operation is null ? "scratch" : $"{Visit(operation)}.0";

    private static string Git(GitOperation git) =>
        $"git {git.Repository.Remote} ref={git.Repository.Ref} folder={git.Repository.Folder}{Flag(git.KeepsGitFolder, "keep")}" +
        $"{Given(" checksum=", git.Checksum)}{Flag(git.Repository.Submodules is false, "nosubmodules")}";

    private string Run(RunOperation run)
    {
        var mounts = run.Mounts.Select(mount => (mount.Target, Text: (Func<string>)(() => Mount(mount))))
            .Prepend(("/", () => $"/ <- {Input(run.Root)} bind"))
            .OrderBy(mount => mount.Item1, StringComparer.Ordinal);
        return $"run {JsonSerializer.Serialize(run.Arguments, Json)} env={JsonSerializer.Serialize(run.Environment, Json)} cwd={run.WorkingDirectory}" +
            Given(" user=", run.User) + (run.Network == RunNetwork.Default ? "" : $" network={Lower(run.Network)}") + Flag(run.IsInsecure, "insecure") +
            Given(" hostname=", run.HostName) + Proxy(run) + string.Concat(run.Hosts.Select(host => $" host={host.Name}={host.Address}")) +
            string.Concat(run.Limits.Ulimits.Select(limit => $" ulimit={limit.Name}={limit.Soft}:{limit.Hard}")) + Given(" cgroup=", run.Limits.CgroupParent) +
            string.Concat(run.SecretVariables.Select(secret => $" secret={secret.SecretId}:{secret.Variable}{Flag(secret.IsOptional, "optional")}")) +
            string.Concat(run.Devices.Select(device => $" device={device.Name}{Flag(device.IsOptional, "optional")}")) +
            string.Concat(mounts.Select(mount => " | " + mount.Item2()).ToList());
    }

    private string Mount(MountPoint mount)
    {
        var text = $"{mount.Target} <- {Input(mount.Source)}{(mount.SourcePath == "/" ? "" : ":" + mount.SourcePath)} {Lower(mount.Kind)}{Flag(mount.IsReadOnly, "ro")}";
        return mount.Kind switch
        {
            MountKind.Cache => $"{text} {mount.Id} {Lower(mount.Sharing)}",
            MountKind.Tmpfs when mount.Size > 0 => $"{text} {mount.Size}",
            MountKind.Secret or MountKind.Ssh => $"{text} {mount.Id} {mount.UserId}:{mount.GroupId} {Convert.ToString(mount.Mode, 8)}{Flag(mount.IsOptional, "optional")}",
            _ => text,
        };
    }

    private static string Proxy(RunOperation run)
    {
        if (run.ProxyVariables.Count == 0) return "";
        string[] names = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];
        return " proxy=" + string.Join(',', names.Select(name => run.ProxyVariables.FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]));
    }

    private string Action(FileAction action, string target) => action switch
    {
        MakeDirectoryAction make => $"mkdir {make.Path} on {target} {Convert.ToString(make.Mode, 8)}{Owner(make.Owner)}{Given(" time=", make.Created?.ToUnixTimeSeconds().ToString())}",
        WriteFileAction write => $"write {write.Path} on {target} {Convert.ToString(write.Mode, 8)} {JsonSerializer.Serialize(write.Content, Json)}",
        CopyAction copy => $"copy {Input(copy.Source)}:{copy.SourcePath} to {copy.Destination} on {target}" +
            (copy.Mode is { } mode ? $" mode={Convert.ToString(mode, 8)}" : "") + Given(" change=", copy.ModeChange) + Owner(copy.Owner) +
            Flag(copy.FollowsLinks, "links") + Flag(copy.AllowsWildcards, "wildcards") + Flag(copy.Unpacks, "unpack") +
            Given(" include=", string.Join(',', copy.IncludedPatterns)) + Given(" exclude=", string.Join(',', copy.ExcludedPatterns)) + Given(" require=", string.Join(',', copy.RequiredPaths)),
        _ => throw new InvalidOperationException($"{action} has no text"),
    };

    private static string Mode(ImageResolveMode mode) => mode switch { ImageResolveMode.ForcePull => " image.resolvemode=pull", ImageResolveMode.PreferLocal => " image.resolvemode=local", _ => "" };

    private static string Foreign(BuildPlatform platform) => platform.Architecture == "amd64" ? "" : $" @{platform.Os}/{platform.Architecture}";

    private static string Owner(FileOwner? owner) => owner is null ? "" : $" owner={owner.User}:{owner.Group}";

    private static string List(string name, IReadOnlyList<string> items) => items.Count == 0 ? "" : name + JsonSerializer.Serialize(items, Json);

    private static string Given(string name, string? value) => string.IsNullOrEmpty(value) ? "" : name + value;

    private static string Flag(bool isSet, string name) => isSet ? " " + name : "";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
