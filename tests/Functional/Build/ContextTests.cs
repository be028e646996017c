using System.Security.Cryptography;
using Boreal.Build.Contexts;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Functional.Build;

/// <summary>Folders on their way from the stock client to here.</summary>
public sealed class ContextTests : IDisposable
{
    // All that a copy must keep, and what tells that a file was not sent again: its inode.
    private const string List = """find . -mindepth 1 -printf '%P %y %m %U:%G %s %T@ %l %n\n' | sed 's/^\([^ ]* d .*\) [0-9]* \([0-9.]*  [0-9]*\)$/\1 \2/' | sort""";

    private readonly TemporaryDirectory _context = new();

    [Fact]
    public async Task Build_OfEveryKindOfFile_ArrivesTheSame()
    {
        await ShellAsync("""
            printf 'FROM scratch\n' >Dockerfile; mkdir -p d/e empty; echo one >d/one; ln d/one d/e/another; ln -s ../one d/e/link; ln -s /nowhere broken
            mkfifo pipe; chmod 4755 d/one; chmod 1777 empty; touch -d '2001-02-03 04:05:06.789012345' d/one; : >zero; head -c 3000000 /dev/urandom >big
            printf x >"$(printf 'bad\377name')"; printf y >'name with spaces'; printf z >ünï; chmod 600 big; touch -d '1969-12-31 23:59:58.5' zero
            """);
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path));

        await BuildAsync(door);

        // Owners are the client's to hide: all is root's.
        Assert.Equal(await Command.Shell(List).In(_context.Path).OutputAsync(), await Command.Shell(List).In(received).OutputAsync());
        Assert.Equal("", await Command.Of("diff", "-r", "--no-dereference", "--exclude=pipe", _context.Path, received).OutputAsync());
        // The runtime cannot remove a name that is no UTF-8.
        await Command.Shell($"rm {_context.Path}/bad* {received}/bad*").OutputAsync();
    }

    [Fact]
    public async Task Build_Again_SendsOnlyWhatChanged()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; mkdir a b c; echo 1 >a/same; echo 2 >a/changed; echo 3 >b/gone; echo 4 >c/4; echo 5 >kind");
        var inodes = new List<string>();
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path =>
        {
            received = path;
            inodes.Add(Inode(path, "a/same"));
        }));
        await BuildAsync(door);

        await ShellAsync("echo two >a/changed; rm -r b; mv c moved; rm kind; mkdir kind; chmod 700 a/same; echo new >kind/new");
        await BuildAsync(door);

        Assert.Equal(inodes[0], inodes[1]);
        Assert.Equal(await Command.Shell(List).In(_context.Path).OutputAsync(), await Command.Shell(List).In(received).OutputAsync());
        Assert.Equal("two\n", await File.ReadAllTextAsync(Path.Combine(received, "a/changed"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Build_WithAChangedName_LeavesItsOtherNamesAlone()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; echo 1 >a; ln a b");
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path));
        await BuildAsync(door);

        await ShellAsync("rm b; cp -p a b; echo changed >a");
        await BuildAsync(door);

        Assert.Equal("1\n", await File.ReadAllTextAsync(Path.Combine(received, "b"), TestContext.Current.CancellationToken));
        Assert.Equal("changed\n", await File.ReadAllTextAsync(Path.Combine(received, "a"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Build_OfTheSameEntries_LooksAtNoFile()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; mkdir d; echo 1 >d/one; echo 2 >d/two");
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path));
        await BuildAsync(door);

        File.Delete(Path.Combine(received, "d/one"));
        await BuildAsync(door);

        Assert.Equal("Dockerfile d d/two", await NamesAsync(received));

        await ShellAsync("rm d/two");
        await BuildAsync(door);

        Assert.Equal("Dockerfile d d/one", await NamesAsync(received));
    }

    [Fact]
    public async Task Build_WithADamagedManifest_LooksAtTheFiles()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; echo 1 >one");
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path));
        await BuildAsync(door);

        File.Delete(Path.Combine(received, "one"));
        await File.WriteAllTextAsync(ContextManifest.PathOf(received), "", TestContext.Current.CancellationToken);
        await BuildAsync(door);

        Assert.Equal("Dockerfile one", await NamesAsync(received));
    }

    [Fact]
    public async Task Build_OfAChangedFile_LeavesNothingOfWhatItWas()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; mkdir d; head -c 300000 /dev/zero >d/file; chmod 4755 d/file");
        using (var sent = FileDescriptor.Open(_context.Path, OpenAt.DirectoryOnly))
            Assert.Equal(0, ExtendedAttributes.TrySet(sent, "d/file", "user.was", "here"u8));
        var inodes = new List<string>();
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => inodes.Add(Inode(received = path, "d/file"))));
        await BuildAsync(door);
        using var folder = FileDescriptor.Open(received, OpenAt.DirectoryOnly);
        Assert.Contains("user.was", ExtendedAttributes.List(folder, "d/file"));

        await ShellAsync("rm d/file; echo short >d/file; chmod 600 d/file");
        await BuildAsync(door);

        Assert.Equal(inodes[0], inodes[1]);
        Assert.Equal("short\n", await File.ReadAllTextAsync(Path.Combine(received, "d/file"), TestContext.Current.CancellationToken));
        Assert.Equal(await Command.Shell(List).In(_context.Path).OutputAsync(), await Command.Shell(List).In(received).OutputAsync());
        Assert.Equal(["trusted.boreal.sha256"], ExtendedAttributes.List(folder, "d/file"));
    }

    [Fact]
    public async Task Build_WithPatterns_SendsWhatTheyAllow()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; mkdir -p src/deep node_modules/x 'odd, name'; touch src/a.cs src/a.log src/deep/b.cs node_modules/x/y 'odd, name/f' ü");
        var filter = new ContextFilter("context") { Exclude = ["**/*.log", "node_modules", "odd, name", "ü"] };
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path, filter));

        await BuildAsync(door);

        Assert.Equal("Dockerfile src src/a.cs src/deep src/deep/b.cs", await NamesAsync(received));
    }

    [Fact]
    public async Task Build_FollowingPaths_SendsThemAndWhatTheyPointAt()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; mkdir real other; echo 1 >real/file; echo 2 >real/unwanted; ln -s real/file link; touch other/x");
        var filter = new ContextFilter("context") { Follow = ["link", "other"] };
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path, filter));

        await BuildAsync(door);

        Assert.Equal("link other other/x real real/file", await NamesAsync(received));
    }

    [Fact]
    public async Task Build_OfFiles_KeepsTheirDigests()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; head -c 100000 /dev/urandom >data; : >empty");
        byte[]? data = null, empty = null;
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path =>
        {
            using var folder = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
            data = ContextDigest.Get(folder, "data");
            empty = ContextDigest.Get(folder, "empty");
        }));

        await BuildAsync(door);

        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(_context.File("data"), TestContext.Current.CancellationToken)), data);
        Assert.Equal(SHA256.HashData([]), empty);
    }

    [Fact]
    public async Task Build_OfManyFiles_IsComplete()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; for d in $(seq 50); do mkdir $d; for f in $(seq 100); do echo $f >$d/$f; done; done");
        var received = "";
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(path => received = path));

        await BuildAsync(door);

        Assert.Equal("", await Command.Of("diff", "-r", _context.Path, received).OutputAsync());
    }

    [Fact]
    public async Task Build_TwiceAtOnce_GivesEachAFolderOfItsOwn()
    {
        await ShellAsync("printf 'FROM scratch\n' >Dockerfile; echo 1 >file");
        var both = new TaskCompletionSource();
        var paths = new List<string>();
        await using var door = await BuildDoor.OpenAsync(new ScriptedBuilder(async (_, surroundings, cancellationToken) =>
        {
            using var folder = await ScriptedBuilder.ReceiveAsync(surroundings, new("context"), cancellationToken);
            lock (paths)
            {
                paths.Add(folder.Path);
                if (paths.Count == 2)
                    both.SetResult();
            }
            await both.Task.WaitAsync(Eventually.Patience, cancellationToken);
            Assert.Equal("1\n", await File.ReadAllTextAsync(Path.Combine(folder.Path, "file"), cancellationToken));
            return new() { Tree = new ScriptedBuilder.Tree() };
        }));

        await Task.WhenAll(BuildAsync(door), BuildAsync(door));

        Assert.Equal(2, paths.Distinct().Count());
        Assert.Single(Directory.EnumerateDirectories(door.Contexts));
    }

    public void Dispose() => _context.Dispose();

    private async Task BuildAsync(BuildDoor door) => (await door.Docker.RunAsync("build", "--progress", "plain", _context.Path)).Succeeded("docker build");

    private Task<string> ShellAsync(string lines) => Command.Shell($"set -e; {lines}").In(_context.Path).OutputAsync();

    private static Task<string> NamesAsync(string folder) =>
        Command.Shell("find . -mindepth 1 -printf '%P\\n' | LC_ALL=C sort | tr '\\n' ' '").In(folder).OutputAsync();

    private static string Inode(string folder, string name)
    {
        using var descriptor = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
        using var parent = OpenAt.Open(descriptor, Path.GetDirectoryName(name) ?? ".", OpenAt.DirectoryOnly, ResolveFlags.None);
        return $"{StatAt.Get(parent, Path.GetFileName(name)).Inode}";
    }
}
