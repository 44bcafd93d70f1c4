// "Back to DJDesk" leads to the page that F1 was pressed on, not only to Home.
{
  const from = document.referrer && new URL(document.referrer);
  const isApp = from && from.origin === location.origin && !from.pathname.startsWith("/docs/");
  if (isApp && !from.pathname.startsWith("/enter/")) sessionStorage.setItem("back", document.referrer);
  const back = sessionStorage.getItem("back");
  if (back) document.querySelector(".home a").href = back;
}
