using System.Text;
using Boreal.Engine.Runtime;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Processes;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What the installed OCI runtimes say to <c>--version</c>; asked once, when somebody wants to know.</summary>
internal sealed class RuntimeVersions(OciRuntimes runtimes)
{
    private readonly Lazy<IReadOnlyList<RuntimeVersion>> _known = new(() => [.. runtimes.All.Where(runtime => runtime.IsInstalled).Select(Ask).OfType<RuntimeVersion>()]);

    public IReadOnlyList<RuntimeVersion> Known => _known.Value;

    public string DefaultName => runtimes.DefaultName;

    public IEnumerable<OciRuntime> Installed => runtimes.All.Where(runtime => runtime.IsInstalled);

    private static RuntimeVersion? Ask(OciRuntime runtime)
    {
        try
        {
            var text = Read(runtime.Path);
            return new RuntimeVersion(runtime.Name, Field(text, "version "), Field(text, "commit: "));
        }
        catch (LinuxException)
        {
            // It cannot be run, so it has no version; starting a container with it will say why.
            return null;
        }
    }

    private static string Read(string path)
    {
        using var pipe = new Pipe();
        var process = Spawn.Start(new SpawnRequest { Path = path, Arguments = [path, "--version"], Inherit = [null, pipe.WriteEnd] });
        pipe.WriteEnd.Dispose();
        var text = new StringBuilder();
        Span<byte> buffer = stackalloc byte[1024];
        for (int count; (count = pipe.ReadEnd.TryRead(buffer)) > 0;)
            text.Append(Encoding.UTF8.GetString(buffer[..count]));
        _ = Children.Wait(process);
        return text.ToString();
    }

    private static string Field(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
            return "";
        var rest = text[(start + name.Length)..];
        var end = rest.IndexOf('\n');
        return (end < 0 ? rest : rest[..end]).Trim();
    }
}
