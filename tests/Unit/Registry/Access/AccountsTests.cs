using Boreal.Registry.Access;
using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Users;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Unit.Registry.Access;

public sealed class AccountsTests : IDisposable
{
    private const string Hash = "$2b$04$abcdefghijklmnopqrstuuoBpIrM0OnplXjsOI8DWYJTHUhJDuUv.";

    private readonly TemporaryDirectory _folder = new();
    private readonly ManualClock _clock = new();

    private string UserPath => Path.Combine(_folder.Path, "access", "users.json");

    private string HtpasswdPath => Path.Combine(_folder.Path, "htpasswd");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Current_NoFiles_IsNobodyKept() => Assert.Null(Open(htpasswd: false).Current);

    [Fact]
    public void Current_FileAppearsAndChanges_CountsAfterASecond()
    {
        var accounts = Open(htpasswd: false);
        Write("ann", "team/**:pull");
        Assert.Null(accounts.Current);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Rights.Pull, accounts.Current?.Find("ann")?.Grants.On("team/a"));

        Write("ann", "team/**:pull,push");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Rights.Pull | Rights.Push, accounts.Current?.Find("ann")?.Grants.On("team/a"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"users":{"ann":{"rights":["x:read"]}}}""")]
    [InlineData("""{"user":{}}""")]
    [InlineData(null)]
    public void Current_FileBrokenOrGone_StaysAsItWas(string? content)
    {
        Write("ann", "team/**:pull");
        var accounts = Open(htpasswd: false);
        if (content is null)
            File.Delete(UserPath);
        else
            File.WriteAllText(UserPath, content);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(accounts.Current?.Find("ann"));
    }

    [Fact]
    public void Open_BrokenFile_NamesIt()
    {
        Write("ann", "team/**:pull");
        File.WriteAllText(UserPath, "[]");
        Assert.Contains(UserPath, Assert.Throws<InvalidDataException>(() => Open(htpasswd: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Current_Htpasswd_GivesAllButAdminUnlessTheUserFileSaysLess()
    {
        File.WriteAllText(HtpasswdPath, $"# people\nann:{Hash}\n\nbob:{Hash}\n");
        UserFile.Write(UserPath, new UserDocument { Users = { ["bob"] = new UserRecord { Rights = ["x:pull"] }, ["eve"] = new UserRecord() }, Anonymous = ["pub/*:pull"] });
        var users = Open(htpasswd: true).Current;

        Assert.NotNull(users);
        Assert.Equal(Rights.Whole, users.Find("ann")?.Grants.On("any/thing"));
        Assert.Equal(Rights.None, users.Find("bob")?.Grants.On("any/thing"));
        Assert.Equal(Rights.Pull, users.Find("bob")?.Grants.On("x"));
        Assert.Null(users.Find("eve"));
        Assert.Equal(Rights.Pull, users.Anonymous.On("pub/a"));
    }

    [Fact]
    public void Current_HtpasswdChanges_CountsAlsoWithoutAUserFile()
    {
        File.WriteAllText(HtpasswdPath, $"ann:{Hash}\n");
        var accounts = Open(htpasswd: true);
        File.WriteAllText(HtpasswdPath, $"ann:{Hash}\nbob:{Hash}\n");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(accounts.Current?.Find("bob"));
    }

    [Fact]
    public void Current_UserFileGoneAndHtpasswdChanges_LoosensNoRight()
    {
        File.WriteAllText(HtpasswdPath, $"ann:{Hash}\n");
        UserFile.Write(UserPath, new UserDocument { Users = { ["ann"] = new UserRecord { Rights = ["x:pull"] } } });
        var accounts = Open(htpasswd: true);
        File.Delete(UserPath);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Rights.None, accounts.Current?.Find("ann")?.Grants.On("y"));
        File.WriteAllText(HtpasswdPath, $"ann:{Hash}\nbob:{Hash}\n");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Rights.None, accounts.Current?.Find("ann")?.Grants.On("y"));
        Write("eve", "x:pull");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(accounts.Current?.Find("eve"));
    }

    [Fact]
    public void Open_HtpasswdWithOtherHash_NamesTheLine()
    {
        File.WriteAllText(HtpasswdPath, $"ann:{Hash}\nbob:$apr1$x$y\n");
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => Open(htpasswd: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UserFile_IsForItsOwnerOnly()
    {
        Write("ann", "x:pull");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(UserPath));
    }

    private Accounts Open(bool htpasswd) => new(
        new AccessOptions { UserFile = UserPath, KeyFolder = _folder.Path, HtpasswdFile = htpasswd ? HtpasswdPath : null }, _clock, NullLogger.Instance);

    private void Write(string name, string right) =>
        UserFile.Write(UserPath, new UserDocument { Users = { [name] = new UserRecord { Password = Hash, Rights = [right] } } });
}
