using Boreal.Cli.CommandLine;
using Boreal.Cli.Credentials;
using Boreal.Client.Images;
using Boreal.Oci.References;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Credentials;

public sealed class HelperCredentialsTests : IDisposable
{
    private static int _helpers;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _name = $"test{Interlocked.Increment(ref _helpers)}";

    // Keeps what it is given, and every call, in files beside itself.
    private const string Helper = """
        #!/bin/sh
        here=$(dirname "$0"); input=$(cat); echo "$1 $input" >>"$here/calls"
        case $1 in
        store) printf %s "$input" >"$here/kept" ;;
        erase) rm -f "$here/kept" ;;
        get) [ -e "$here/kept" ] && cat "$here/kept" || { echo 'credentials not found in native keychain'; exit 1; } ;;
        esac
        """;

    public HelperCredentialsTests()
    {
        Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:{_directory.Path}");
        File.WriteAllText(_directory.File("config.json"), $$$"""{"credHelpers":{"r.example.com":"{{{_name}}}"},"credsStore":"not-there"}""");
        Install(Helper);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Keep_ThenFindAndErase_AreTheHelpersCalls()
    {
        var auth = new RegistryAuth { UserName = "ann", Password = "se\"cret", ServerAddress = "r.example.com" };

        Assert.Null(Open().Keep(auth));
        Assert.Equal(auth, Open().Find("r.example.com"));
        Assert.DoesNotContain("cret", File.ReadAllText(_directory.File("config.json")), StringComparison.Ordinal);
        Open().Erase("r.example.com");
        Assert.Null(Open().Find("r.example.com"));

        Assert.Equal(
            ["""store {"ServerURL":"r.example.com","Username":"ann","Secret":"se\u0022cret"}""", "get r.example.com", "erase r.example.com", "get r.example.com"],
            File.ReadAllLines(_directory.File("calls")));
    }

    [Fact]
    public void Keep_OfAnIdentityToken_HasTheTokensUserName()
    {
        var auth = new RegistryAuth { UserName = "ann", IdentityToken = "tok", ServerAddress = "r.example.com" };
        Open().Keep(auth);
        Assert.Equal(auth with { UserName = "" }, Open().Find("r.example.com"));
    }

    [Fact]
    public void Find_WhenTheHelperFails_SaysWhatItSaid()
    {
        Install("#!/bin/sh\necho the keychain is locked\nexit 1\n");
        var problem = Assert.Throws<CommandFailedException>(() => Open().Find("r.example.com"));
        Assert.Equal("error getting credentials - err: exit status 1, out: `the keychain is locked`", problem.Message);
    }

    [Fact]
    public void Find_WithAHelperThatIsNotThere_NamesIt()
    {
        var problem = Assert.Throws<CommandFailedException>(() => CredentialStores.Load(_directory.Path).For("other.example.com").Find("other.example.com"));
        Assert.Equal("error getting credentials - err: exec: \"docker-credential-not-there\": executable file not found in $PATH, out: ``", problem.Message);
    }

    [Fact]
    public void Find_WithAHelperNamedAsAPath_RunsNothing()
    {
        File.WriteAllText(_directory.File("config.json"), """{"credsStore":"../x"}""");
        Assert.Throws<CommandFailedException>(() => CredentialStores.Load(_directory.Path).For("r").Find("r"));
    }

    [Fact]
    public void Find_AndTheCollectorAfterIt_LeaveStandardErrorOpen()
    {
        var before = File.ResolveLinkTarget("/proc/self/fd/2", returnFinalTarget: false)?.FullName;

        for (var count = 0; count < 3; count++) Assert.Null(Open().Find("r.example.com"));
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(before, File.ResolveLinkTarget("/proc/self/fd/2", returnFinalTarget: false)?.FullName);
    }

    [Fact]
    public async Task ForImage_WhenTheHelperFails_GoesOnWithoutAndWarns()
    {
        var warnings = new StringWriter();
        var auth = await CredentialStores.Load(_directory.Path).ForImageAsync(ImageReference.Parse("other.example.com/web"), warnings);
        Assert.True(auth.IsEmpty);
        Assert.Contains("not-there", warnings.ToString(), StringComparison.Ordinal);
    }

    private ICredentialStore Open() => CredentialStores.Load(_directory.Path).For("r.example.com");

    private void Install(string script)
    {
        var path = _directory.File($"docker-credential-{_name}");
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
