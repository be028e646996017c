using System.Net.Sockets;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Contexts that are odd or large.</summary>
public sealed class ContextFaultTests(EngineUnderTest engine) : IAsyncDisposable
{
    private const string Image = "boreal-odd-context";

    // A hundred thousand files on a machine that is busy with other things.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly BuildClients _clients = new(engine.Docker.Host);
    private readonly TemporaryDirectory _context = new();

    [Theory]
    [InlineData("buildx")]
    [InlineData("boreal")]
    public async Task Context_WithSocketsDevicesAndLoops_ArrivesWithoutFollowingAny(string client)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_context.File("socket")));
        await Command.Shell("mknod null c 1 3; mkfifo pipe; ln -s loop loop; ln -s . self; ln -s .. up; ln -s /all/deep out; mkdir d; ln -s ../d d/back").In(_context.Path).OutputAsync();

        await BuildAsync(client, "FROM busybox\nCOPY . /all/\n");

        // Docker too makes plain files of sockets.
        Assert.Equal(
            "Dockerfile:f d:d loop:l->loop null:c out:l->/all/deep pipe:p self:l->. socket:f up:l->.. d/back:l->../d",
            await RunAsync("cd /all; for f in * d/*; do if [ -L $f ]; then k=\"l->$(readlink $f)\"; elif [ -d $f ]; then k=d; elif [ -c $f ]; then k=c; elif [ -p $f ]; then k=p; else k=f; fi; echo -n \"$f:$k \"; done"));
    }

    [Theory]
    [InlineData("buildx")]
    [InlineData("classic")]
    [InlineData("boreal")]
    public async Task Context_WithNamesInEveryEncoding_KeepsTheirBytes(string client)
    {
        await Command.Shell(@"touch ""$(printf '\377\376')"" ""$(printf '\351t\351')"" ""$(printf 'e\314\201')"" ""$(printf '\303\251')"" ""$(printf 'tab\tline\nend')"" "" ""; mkdir ""$(printf '\200')""; echo deep > ""$(printf '\200/\201')""").In(_context.Path).OutputAsync();

        await BuildAsync(client, "FROM busybox\nCOPY . /all/\nRUN cd /all && find . | sort | sha256sum | head -c 64 > /names\n");

        var expected = await Command.Shell("find . | LC_ALL=C sort | sha256sum | head -c 64").In(_context.Path).OutputAsync();
        Assert.Equal(expected, await RunAsync("cat /names"));
    }

    [Fact]
    public async Task Context_Of100000Files_ArrivesWhole()
    {
        for (var file = 0; file < 100_000; file++)
        {
            if (file % 1000 == 0)
                Directory.CreateDirectory(_context.File($"{(file / 1000) + 1}"));
            File.WriteAllText(_context.File($"{(file / 1000) + 1}/{(file % 1000) + 1}"), $"{(file / 1000) + 1} {(file % 1000) + 1}");
        }

        await BuildAsync("buildx", "FROM busybox\nRUN --mount=target=/c find /c -type f | wc -l > /count; cat /c/100/1000 > /last\n");

        Assert.Equal("100001 100 1000", await RunAsync("echo $(cat /count /last)"));
    }

    [Fact]
    public async Task Context_WithAFileOf2Gigabytes_ArrivesWhole()
    {
        const long size = 2L << 30;
        await using (var file = File.Create(_context.File("large")))
        {
            file.SetLength(size);
            file.Seek(-3, SeekOrigin.End);
            await file.WriteAsync("end"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await BuildAsync("buildx", "FROM busybox\nRUN --mount=target=/c stat -c %s /c/large > /size; tail -c 3 /c/large > /end\n");

        Assert.Equal($"{size} end", await RunAsync("echo $(cat /size /end)"));
        await engine.Docker.RunAsync("builder", "prune", "--all", "--force");
    }

    public async ValueTask DisposeAsync()
    {
        // The runtime cannot remove names that are no UTF-8.
        await Command.Of("rm", "-rf", _context.Path).Within(Patience).OutputAsync();
        _clients.Dispose();
        _context.Dispose();
    }

    private async Task BuildAsync(string client, string dockerfile)
    {
        await File.WriteAllTextAsync(_context.File("Dockerfile"), dockerfile);
        string[] arguments = ["build", "--quiet", "--tag", Image, "."];
        var command = client switch { "classic" => _clients.Classic(arguments), "boreal" => _clients.Boreal(arguments), _ => _clients.Buildx(arguments) };
        await command.In(_context.Path).Within(Patience).OutputAsync();
    }

    private async Task<string> RunAsync(string line)
    {
        var found = await engine.Docker.OutputAsync("run", "--rm", Image, "sh", "-c", line);
        await engine.Docker.RunAsync("rmi", "--force", Image);
        return found;
    }
}
