using Boreal.Engine.Runtime.Users;

namespace Boreal.Tests.Unit.Runtime;

public sealed class UserLookupTests
{
    private const string Passwd = "# a comment\n\n  root:x:0:0:root:/root:/bin/sh\nbroken\nweb:x:notanumber:1\nweb:x:33:33::/var/www:\nweb:x:34:34::/:\n1000:x:5:5::/:\n";
    private const string Group = "root:x:0:\nwww-data:x:33:\naudio:x:29:web,other\nvideo:x:44:other,web\nempty:x:50\n";

    [Theory]
    [InlineData("", 0, 0, "0")]
    [InlineData("web", 33, 33, "33 29 44")]
    [InlineData("33", 33, 33, "33 29 44")]
    [InlineData("web:audio", 33, 29, "29")]
    [InlineData("web:0", 33, 0, "0")]
    [InlineData(":audio", 0, 29, "29")]
    [InlineData("7:8", 7, 8, "8")]
    [InlineData("7", 7, 0, "0")]
    [InlineData("1:2:3", 1, 2, "2")]
    public void Resolve_OfKnownForms_GivesIds(string user, uint uid, uint gid, string groups)
    {
        var found = UserLookup.Resolve(user, null, Passwd, Group);

        Assert.Equal((uid, gid, groups), (found.Uid, found.Gid, string.Join(' ', found.AdditionalGids)));
    }

    [Fact]
    public void Resolve_OfANumber_NeverTakesItForAName() => Assert.Equal(1000u, UserLookup.Resolve("1000", null, Passwd, Group).Uid);

    [Fact]
    public void Resolve_WithAdditionalGroups_TakesNamesAndNumbersOnce() =>
        Assert.Equal([33, 29, 44, 777], UserLookup.Resolve("web", ["audio", "777", "29", "777"], Passwd, Group).AdditionalGids);

    [Fact]
    public void Resolve_WithoutAccountFiles_IsRoot() => Assert.Equal(0u, UserLookup.Resolve("", null, "", "").Uid);
}
