using System.Formats.Tar;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>An image of the web server in tests/WebServer and the libraries it needs, made once in a run.</summary>
internal static class WebImage
{
    public const string Name = "web-server:test";

    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string>> Program = new(PublishAsync);

    public static async Task ImportAsync(DockerCli docker)
    {
        var program = await Program.Value;
        using var directory = new TemporaryDirectory();
        await using (var file = File.Create(directory.File("web.tar")))
        await using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
        {
            await AddAsync(tar, program, "web-server");
            foreach (var library in await LibrariesAsync(program))
                await AddAsync(tar, library, library[1..]);
        }
        await docker.OutputAsync("import", "--change", "CMD [\"/web-server\"]", directory.File("web.tar"), Name);
    }

    private static async Task<string> PublishAsync()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "publish", "web-server");
        var publish = Command.Of("dotnet", "publish", Path.Combine(Repository.Root, "tests", "WebServer"), "-c", "Release", "--use-current-runtime", "-o", folder, "-v", "quiet", "-nologo");
        await publish.Within(Patience).OutputAsync();
        return Path.Combine(folder, "web-server");
    }

    /// <summary>As the dynamic linker lists them: the last word that is a path in each line.</summary>
    private static async Task<IEnumerable<string>> LibrariesAsync(string program) =>
        (await Command.Of("ldd", program).OutputAsync()).Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.TrimEntries).LastOrDefault(word => word.StartsWith('/')))
            .OfType<string>();

    private static async Task AddAsync(TarWriter tar, string path, string name)
    {
        await using var content = File.OpenRead(path);
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = Executable, DataStream = content });
    }
}
